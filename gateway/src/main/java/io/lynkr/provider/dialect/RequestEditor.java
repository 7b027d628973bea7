package io.lynkr.provider.dialect;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonNumber;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonPatch;
import io.lynkr.json.JsonString;
import io.lynkr.message.ApiError;
import io.lynkr.message.ApiException;
import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.provider.dialect.Edit.Adapt;
import io.lynkr.provider.dialect.Edit.CapMaxTokens;
import io.lynkr.provider.dialect.Edit.Drop;
import io.lynkr.provider.dialect.Edit.DropBeta;
import io.lynkr.provider.dialect.Edit.DropField;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Applies edits to one request, in place: what is not edited keeps its bytes. Names everything it
 * changed. Used once.
 */
final class RequestEditor {
    private static final String BETA_HEADER = "anthropic-beta";

    /** Betas that every host of Claude models knows, Bedrock and Vertex included. */
    private static final List<String> COMMON_BETAS =
            List.of(
                    "interleaved-thinking-",
                    "context-1m-",
                    "computer-use-",
                    "token-efficient-tools-",
                    "output-128k-");

    /** Small objects that several edits may touch: edited as values, and put in place once. */
    private static final List<String> SMALL =
            List.of("thinking", "output_config", "context_management");

    private static final BigDecimal LEAST_TOP_P = new BigDecimal("0.99");

    /**
     * A request after its edits.
     *
     * @param edits what was changed, in words
     */
    record Edited(byte[] body, Headers headers, List<String> edits) {
        Edited {
            edits = List.copyOf(edits);
        }
    }

    private final MessagesRequest request;
    private final JsonObject json;
    private final Headers headers;
    private final Set<Edit> edits;
    private final Set<Feature> dropped = EnumSet.noneOf(Feature.class);
    private final String backend;
    private final JsonPatch patch;
    private final Map<String, JsonObject> small = new LinkedHashMap<>();
    private final Set<String> done = new LinkedHashSet<>();

    private RequestEditor(
            MessagesRequest request, Headers headers, Set<Edit> edits, String backend) {
        this.request = request;
        this.json = request.json();
        this.headers = headers;
        this.edits = edits;
        this.backend = backend;
        this.patch = request.patch();
        for (var edit : edits) {
            if (edit instanceof Drop(var feature)) {
                dropped.add(feature);
            }
        }
    }

    /**
     * Applies the edits.
     *
     * @param backend its name, for people
     * @throws ApiException if nothing would be left of what the request asks for
     */
    static Edited edit(MessagesRequest request, Headers headers, Set<Edit> edits, String backend) {
        if (edits.isEmpty()) {
            return new Edited(request.bytes(), headers, List.of());
        }
        var editor =
                new RequestEditor(withoutToolReferences(request, edits), headers, edits, backend);
        return editor.edit();
    }

    static boolean isCommon(String beta) {
        return COMMON_BETAS.stream().anyMatch(beta::startsWith);
    }

    private Edited edit() {
        for (var name : SMALL) {
            json.object(name).ifPresent(object -> small.put(name, object));
        }
        capMaxTokens();
        adaptThinking();
        adaptEffort();
        dropFields();
        dropTools();
        adaptSampling();
        adaptSystem();
        dropIdleClearThinking();
        putSmallInPlace();
        var kept = headersAfter();
        var body = patch.isEmpty() ? request.bytes() : patch.apply();
        return new Edited(body, kept, List.copyOf(done));
    }

    private boolean demands(Edit edit) {
        return edits.contains(edit);
    }

    private void capMaxTokens() {
        most().ifPresent(
                        most -> {
                            patch.replace("max_tokens", JsonNumber.of(most));
                            done.add("cap:max_tokens=" + most);
                        });
    }

    /** The cap, if it is below what the request asks for. */
    private Optional<Long> most() {
        return edits.stream()
                .filter(CapMaxTokens.class::isInstance)
                .map(cap -> ((CapMaxTokens) cap).most())
                .filter(most -> request.maxTokens().orElse(0) > most)
                .findFirst();
    }

    private long maxTokens() {
        return most().orElseGet(() -> request.maxTokens().orElse(Long.MAX_VALUE));
    }

    private void adaptThinking() {
        var thinking = small.get("thinking");
        if (thinking == null) {
            if (json.has("thinking") && demands(Adapt.DROP_THINKING)) {
                patch.remove("thinking");
                done.add("drop:thinking");
            }
            return;
        }
        var type = thinking.type();
        boolean refused =
                demands(Adapt.DROP_THINKING)
                        || (type.equals("adaptive") && demands(Adapt.DROP_ADAPTIVE_THINKING))
                        || (type.equals("disabled") && demands(Adapt.DROP_DISABLED_THINKING));
        if (refused) {
            small.put("thinking", JsonObject.EMPTY);
            done.add("drop:thinking");
        } else if (type.equals("enabled") && demands(Adapt.BUDGET_TO_ADAPTIVE)) {
            thinkAdaptively(thinking);
        } else if (type.equals("adaptive") && demands(Adapt.ADAPTIVE_TO_BUDGET)) {
            thinkByBudget();
        } else if (type.equals("enabled") && most().isPresent()) {
            capBudget(thinking);
        }
    }

    private void thinkAdaptively(JsonObject thinking) {
        small.put(
                "thinking",
                JsonObject.of("type", "adaptive").withOptional("display", thinking.get("display")));
        done.add("thinking:enabled-to-adaptive");
        var config = small.getOrDefault("output_config", JsonObject.EMPTY);
        if (!config.has("effort") && !dropped.contains(Feature.EFFORT)) {
            var effort = effortFor(thinking.integer("budget_tokens").orElse(Long.MAX_VALUE));
            small.put("output_config", config.with("effort", effort));
        }
    }

    private static String effortFor(long budget) {
        return budget < 4_096 ? "low" : budget < 16_384 ? "medium" : "high";
    }

    private void thinkByBudget() {
        var effort =
                small.getOrDefault("output_config", JsonObject.EMPTY).string("effort").orElse("");
        long wanted =
                switch (effort) {
                    case "low" -> 4_096;
                    case "medium" -> 12_288;
                    default -> 31_999;
                };
        putBudget(Math.min(wanted, Math.max(1_024, maxTokens() / 2)));
        if (!done.contains("drop:thinking")) {
            done.add("thinking:adaptive-to-enabled");
        }
    }

    private void capBudget(JsonObject thinking) {
        long budget = thinking.integer("budget_tokens").orElse(0);
        if (budget >= maxTokens()) {
            putBudget(maxTokens() - 1);
            done.add("cap:thinking.budget_tokens");
        }
    }

    /** A budget must be at least 1024 and less than the whole answer. */
    private void putBudget(long budget) {
        if (budget < 1_024 || budget >= maxTokens()) {
            small.put("thinking", JsonObject.EMPTY);
            done.add("drop:thinking");
        } else {
            small.put("thinking", JsonObject.of("type", "enabled").with("budget_tokens", budget));
        }
    }

    private void adaptEffort() {
        var config = small.get("output_config");
        if (config == null || !demands(Adapt.EFFORT_AT_MOST_HIGH)) {
            return;
        }
        var effort = config.string("effort").orElse("");
        if (effort.equals("xhigh") || effort.equals("max")) {
            small.put("output_config", config.with("effort", "high"));
            done.add("effort:" + effort + "-to-high");
        }
    }

    private void dropFields() {
        dropped.forEach(feature -> feature.paths().forEach(this::dropField));
        for (var edit : edits) {
            if (edit instanceof DropField(var path)) {
                dropField(path);
            }
        }
        if (dropped.contains(Feature.COMPACTION_EDIT)) {
            dropStrategies("compact_");
        }
    }

    private void dropField(String path) {
        int dot = path.indexOf('.');
        var name = dot < 0 ? path : path.substring(0, dot);
        var object = small.get(name);
        if (object == null) {
            if (patch.remove(path) > 0) {
                done.add("drop:" + path);
            }
        } else if (dot < 0) {
            if (!object.isEmpty()) {
                small.put(name, JsonObject.EMPTY);
                done.add("drop:" + path);
            }
        } else {
            dropInside(name, object, path.substring(dot + 1), path);
        }
    }

    private void dropInside(String name, JsonObject object, String field, String path) {
        if (object.has(field)) {
            small.put(name, object.without(field));
            done.add("drop:" + path);
        }
    }

    /** Takes strategies out of context management, and all of it if none is left. */
    private void dropStrategies(String beginning) {
        var management = small.getOrDefault("context_management", JsonObject.EMPTY);
        var strategies = management.objects("edits");
        var kept = strategies.stream().filter(one -> !one.type().startsWith(beginning)).toList();
        if (kept.size() == strategies.size()) {
            return;
        }
        small.put(
                "context_management",
                kept.isEmpty()
                        ? JsonObject.EMPTY
                        : management.with("edits", JsonArray.copyOf(kept)));
        done.add("drop:context_management.edits." + beginning + "*");
    }

    private void dropTools() {
        var tools = request.tools();
        var gone = new ArrayList<JsonObject>();
        for (int i = 0; i < tools.size(); i++) {
            var type = tools.get(i).type();
            if (dropped.stream().anyMatch(feature -> feature.hasTool(type))) {
                gone.add(tools.get(i));
                patch.remove("tools." + i);
                done.add("drop-tool:" + type);
            }
        }
        refuseIfNeeded(gone, tools.size());
    }

    /** A tool that was asked for by name, or was all there is, cannot silently be missing. */
    private void refuseIfNeeded(List<JsonObject> gone, int all) {
        var chosen = json.object("tool_choice").flatMap(choice -> choice.string("name"));
        var needed =
                gone.stream()
                        .filter(tool -> gone.size() == all || isChosen(tool, chosen))
                        .findFirst();
        if (needed.isPresent()) {
            throw new ApiException(
                    ApiError.invalidRequest(
                            "tools: %s runs on Anthropic's side, and the backend %s does not have it"
                                    .formatted(needed.get().type(), backend)));
        }
    }

    private static boolean isChosen(JsonObject tool, Optional<String> chosen) {
        return chosen.isPresent() && tool.string("name").equals(chosen);
    }

    private void adaptSampling() {
        if (!demands(Adapt.DEFAULT_SAMPLING_ONLY)) {
            return;
        }
        if (json.number("temperature").filter(t -> t.compareTo(BigDecimal.ONE) != 0).isPresent()) {
            dropField("temperature");
        }
        if (json.number("top_p").filter(p -> p.compareTo(LEAST_TOP_P) < 0).isPresent()) {
            dropField("top_p");
        }
        dropField("top_k");
    }

    private void adaptSystem() {
        var added = new ArrayList<JsonObject>();
        if (dropped.contains(Feature.MID_CONVERSATION_SYSTEM)) {
            var folding = SystemFolding.of(request, dropped.contains(Feature.CACHE_SCOPE));
            folding.applyTo(patch);
            added.addAll(folding.toSystem());
            done.addAll(folding.edits());
        }
        int removed = demands(Adapt.DROP_ATTRIBUTION) ? dropAttribution() : 0;
        addToSystem(added, removed);
    }

    private int dropAttribution() {
        var blocks = json.objects("system");
        int removed = 0;
        for (int i = 0; i < blocks.size(); i++) {
            var text = blocks.get(i).get("text");
            if (text.isPresent()
                    && text.get() instanceof JsonString line
                    && line.startsWith("x-anthropic-billing-header:")) {
                patch.remove("system." + i);
                removed++;
            }
        }
        if (removed > 0) {
            done.add("drop:attribution");
        }
        return removed;
    }

    private void addToSystem(List<JsonObject> added, int removed) {
        var system = request.system();
        if (added.isEmpty()) {
            if (removed > 0 && removed == json.array("system").map(JsonArray::size).orElse(0)) {
                patch.remove("system");
            }
        } else if (system.isEmpty()) {
            patch.append("system", JsonArray.copyOf(added));
        } else if (system.get() instanceof JsonArray) {
            added.forEach(block -> patch.appendTo("system", block));
        } else {
            var blocks = new ArrayList<>(added);
            system.get()
                    .asString()
                    .filter(text -> !text.isBlank())
                    .ifPresent(text -> blocks.addFirst(SystemFolding.text(text)));
            patch.replace("system", JsonArray.copyOf(blocks));
        }
    }

    private void dropIdleClearThinking() {
        if (demands(Adapt.DROP_IDLE_CLEAR_THINKING) && !thinks()) {
            dropStrategies("clear_thinking_");
        }
    }

    /** Whether the model will think, as far as the request tells. */
    private boolean thinks() {
        var type = small.getOrDefault("thinking", JsonObject.EMPTY).type();
        boolean always = demands(Adapt.DROP_DISABLED_THINKING);
        return type.isEmpty() ? always : !type.equals("disabled");
    }

    private void putSmallInPlace() {
        small.forEach(
                (name, object) -> {
                    var before = json.object(name);
                    if (before.isEmpty()) {
                        patch.append(name, object);
                    } else if (object.isEmpty() && !before.get().isEmpty()) {
                        patch.remove(name);
                    } else if (!object.equals(before.get())) {
                        patch.replace(name, object);
                    }
                });
    }

    private Headers headersAfter() {
        var sent = headers.list(BETA_HEADER);
        var kept = sent.stream().filter(this::keeps).toList();
        if (kept.size() == sent.size()) {
            return headers;
        }
        for (var beta : sent) {
            if (!kept.contains(beta)) {
                done.add("drop-beta:" + beta);
            }
        }
        return kept.isEmpty()
                ? headers.without(BETA_HEADER::equals)
                : headers.replacing(BETA_HEADER, String.join(",", kept));
    }

    private boolean keeps(String beta) {
        return !demands(Adapt.DROP_ALL_BETAS)
                && !(demands(Adapt.COMMON_BETAS_ONLY) && !isCommon(beta))
                && !demands(new DropBeta(beta))
                && dropped.stream().noneMatch(feature -> feature.hasBeta(beta));
    }

    /** A backend that has no deferred tools has no references to them either. */
    private static MessagesRequest withoutToolReferences(MessagesRequest request, Set<Edit> edits) {
        if (!edits.contains(new Drop(Feature.ADVANCED_TOOL_USE))) {
            return request;
        }
        var patch = request.patch();
        int message = 0;
        for (var each : request.messages()) {
            int block = 0;
            for (var result : each.objects("content")) {
                int part = 0;
                for (var inner : result.objects("content")) {
                    if (inner.type().equals("tool_reference")) {
                        patch.replace(
                                "messages.%d.content.%d.content.%d".formatted(message, block, part),
                                SystemFolding.text(
                                        "Tool available: " + inner.string("tool_name").orElse("")));
                    }
                    part++;
                }
                block++;
            }
            message++;
        }
        return patch.isEmpty() ? request : request.withBody(patch.apply());
    }
}
