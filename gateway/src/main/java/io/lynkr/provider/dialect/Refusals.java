package io.lynkr.provider.dialect;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;
import io.lynkr.provider.dialect.Edit.Adapt;
import io.lynkr.provider.dialect.Edit.CapMaxTokens;
import io.lynkr.provider.dialect.Edit.Drop;
import io.lynkr.provider.dialect.Edit.DropBeta;
import io.lynkr.provider.dialect.Edit.DropField;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Understands from the text of an error what a backend refused, and which edit spares it the next
 * time. Only what was in the request is believed to have been refused, and nothing that carries the
 * request's meaning is ever left out.
 */
final class Refusals {
    private static final Pattern UNKNOWN_FIELD =
            Pattern.compile(
                    "([A-Za-z_][\\w.-]*): Extra inputs are not permitted"
                            + "|(?:[Uu]nknown|[Uu]nrecognized|[Uu]nsupported|[Uu]nexpected)"
                            + " (?:field|parameter|property|(?:request )?argument supplied)[:s]?"
                            + " [`'\"]?([A-Za-z_][\\w.-]*)");

    private static final Pattern UNEXPECTED_BETAS =
            Pattern.compile("Unexpected value\\(s\\) (.{1,1000}?) for the .anthropic-beta. header");

    private static final Pattern INVALID_BETA =
            Pattern.compile("(?i)(?:invalid|unsupported|unknown) beta (?:flag|header|value)s?");

    private static final Pattern QUOTED = Pattern.compile("[`'\"]([\\w.-]+)[`'\"]");

    private static final Pattern SYSTEM_ROLE =
            Pattern.compile(
                    "(?i)role [`'\"]?system[`'\"]? is not supported|unexpected role"
                        + " [`'\"]?system|role: input should be 'user' or 'assistant'|system"
                        + " messages? must (?:be|come|only appear) (?:at the beginning|first|at the"
                        + " start)");

    private static final Pattern NO_ADAPTIVE =
            Pattern.compile(
                    "(?i)adaptive.{0,80}(?:not supported|unsupported)|input tag 'adaptive' found");

    private static final Pattern NO_BUDGET =
            Pattern.compile(
                    "(?i)thinking\\.type\\W{0,3}enabled.{0,80}not supported"
                            + "|input tag 'enabled' found");

    private static final Pattern NO_DISABLED =
            Pattern.compile(
                    "(?i)thinking.{0,40}disabled.{0,60}not supported"
                            + "|thinking (?:cannot|can not|can't) be disabled");

    private static final Pattern NO_THINKING =
            Pattern.compile(
                    "(?i)(?:does not|doesn't) support (?:extended )?thinking"
                            + "|(?<!adaptive )thinking is not supported"
                            + "|^thinking: extra inputs");

    private static final Pattern CLEAR_THINKING =
            Pattern.compile("(?i)clear_thinking.{0,120}thinking");

    private static final Pattern EFFORT_LEVEL =
            Pattern.compile(
                    "(?i)effort\\W{0,3} input should be|effort.{0,40}(?:xhigh|max)\\b.{0,40}not");

    private static final Pattern MAX_TOKENS =
            Pattern.compile(
                    "max_tokens\\W{0,3} ?(\\d{1,9}) > (\\d{1,9}), which is the maximum|max_tokens"
                            + " \\(?(\\d{1,9})\\)? (?:cannot|must not) exceed (\\d{1,9})");

    private static final Pattern TOOL_TAG =
            Pattern.compile(
                    "tools\\.\\d+.{0,30}Input tag '([\\w-]+)' found using 'type' does not match");

    private static final Pattern NOT_HERE =
            Pattern.compile(
                    "(?i)not (?:supported|available|permitted|allowed|enabled)|unsupported");

    /** What a request is made of; a backend that does not know these is no backend for it. */
    private static final Set<String> CORE =
            Set.of(
                    "model",
                    "messages",
                    "max_tokens",
                    "tools",
                    "system",
                    "stream",
                    "tool_choice",
                    "stop_sequences",
                    "thinking");

    private static final Set<String> CORE_OF_PARTS =
            Set.of(
                    "role",
                    "content",
                    "type",
                    "text",
                    "name",
                    "input",
                    "input_schema",
                    "description",
                    "id",
                    "tool_use_id",
                    "source",
                    "data",
                    "media_type",
                    "url",
                    "thinking",
                    "signature",
                    "is_error");

    /** Under these the names are the client's, not the API's. */
    private static final Set<String> FOREIGN =
            Set.of("input", "input_schema", "properties", "schema");

    /** Where a field may stand whose name alone was told. */
    private static final List<String> USUAL_PLACES =
            List.of(
                    "",
                    "tools.*.",
                    "output_config.",
                    "thinking.",
                    "system.*.cache_control.",
                    "tools.*.cache_control.",
                    "messages.*.content.*.cache_control.",
                    "system.*.",
                    "messages.*.content.*.",
                    "messages.*.");

    private final String text;
    private final JsonObject request;
    private final List<String> betas;
    private final boolean unknownFields;
    private final List<Edit> edits = new ArrayList<>();

    private Refusals(String text, JsonObject request, List<String> betas, boolean unknownFields) {
        this.text = text;
        this.request = request;
        this.betas = betas;
        this.unknownFields = unknownFields;
    }

    /**
     * Reads an error's text.
     *
     * @param request the body that was refused
     * @param betas the betas that went with it
     * @param unknownFields whether fields that nobody here knows may be left out as well
     * @return the edits that spare the backend what it refused; none if that is not certain
     */
    static List<Edit> read(
            String text, JsonObject request, List<String> betas, boolean unknownFields) {
        var refusals = new Refusals(text, request, betas, unknownFields);
        refusals.read();
        return List.copyOf(refusals.edits);
    }

    private void read() {
        readBetas();
        readSystemRole();
        readMaxTokens();
        readTools();
        readThinking();
        readEffort();
        readSampling();
        readUnknownFields();
        if (edits.isEmpty()) {
            readFeatures();
        }
    }

    private boolean says(Pattern pattern) {
        return pattern.matcher(text).find();
    }

    private void readBetas() {
        var unexpected = UNEXPECTED_BETAS.matcher(text);
        if (unexpected.find()) {
            QUOTED.matcher(unexpected.group(1)).results().forEach(beta -> dropBeta(beta.group(1)));
        } else if (says(INVALID_BETA) && !betas.isEmpty()) {
            var named = betas.stream().filter(text::contains).toList();
            if (named.isEmpty()) {
                edits.add(
                        betas.stream().allMatch(RequestEditor::isCommon)
                                ? Adapt.DROP_ALL_BETAS
                                : Adapt.COMMON_BETAS_ONLY);
            }
            named.forEach(this::dropBeta);
        }
    }

    private void dropBeta(String value) {
        if (betas.contains(value)) {
            edits.add(
                    Feature.ofBeta(value)
                            .<Edit>map(Drop::new)
                            .orElseGet(() -> new DropBeta(value)));
        }
    }

    private void readSystemRole() {
        boolean used =
                request.objects("messages").stream()
                        .anyMatch(m -> m.string("role").orElse("").equals("system"));
        if (used && says(SYSTEM_ROLE)) {
            edits.add(new Drop(Feature.MID_CONVERSATION_SYSTEM));
        }
    }

    private void readMaxTokens() {
        var tooMany = MAX_TOKENS.matcher(text);
        if (!tooMany.find()) {
            return;
        }
        long most = Long.parseLong(firstOf(tooMany.group(2), tooMany.group(4)));
        if (most > 0 && request.integer("max_tokens").orElse(0) > most) {
            edits.add(new CapMaxTokens(most));
        }
    }

    private static String firstOf(@Nullable String one, @Nullable String other) {
        return one != null ? one : other != null ? other : "0";
    }

    private void readTools() {
        var tag = TOOL_TAG.matcher(text);
        if (tag.find()) {
            Feature.ofTool(tag.group(1)).ifPresent(feature -> edits.add(new Drop(feature)));
        }
    }

    private void readThinking() {
        var thinking = request.object("thinking").map(JsonObject::type).orElse("");
        if (thinking.isEmpty()) {
            return;
        }
        if (thinking.equals("adaptive") && says(NO_ADAPTIVE)) {
            edits.add(Adapt.ADAPTIVE_TO_BUDGET);
        } else if (thinking.equals("enabled") && says(NO_BUDGET)) {
            edits.add(Adapt.BUDGET_TO_ADAPTIVE);
        } else if (thinking.equals("disabled") && says(NO_DISABLED)) {
            edits.add(Adapt.DROP_DISABLED_THINKING);
        } else if (says(NO_THINKING)) {
            edits.add(Adapt.DROP_THINKING);
        } else if (says(CLEAR_THINKING)) {
            edits.add(Adapt.DROP_IDLE_CLEAR_THINKING);
        }
    }

    private void readEffort() {
        var effort = request.object("output_config").flatMap(c -> c.string("effort")).orElse("");
        if (effort.isEmpty()) {
            return;
        }
        if (says(EFFORT_LEVEL)) {
            edits.add(
                    effort.equals("xhigh") || effort.equals("max")
                            ? Adapt.EFFORT_AT_MOST_HIGH
                            : new Drop(Feature.EFFORT));
        } else if (lower().contains("does not support the effort")
                || (lower().contains("effort") && says(NOT_HERE))) {
            edits.add(new Drop(Feature.EFFORT));
        }
    }

    private void readSampling() {
        if (request.has("temperature")
                && request.has("top_p")
                && lower().contains("cannot both be specified")) {
            edits.add(new DropField("top_p"));
            return;
        }
        for (var field : List.of("temperature", "top_p", "top_k")) {
            if (request.has(field)
                    && lower().contains(field)
                    && (says(NOT_HERE)
                            || lower().contains("deprecated")
                            || lower().contains("may only be set to"))) {
                edits.add(new DropField(field));
            }
        }
    }

    private void readUnknownFields() {
        UNKNOWN_FIELD
                .matcher(text)
                .results()
                .forEach(
                        told -> {
                            var name = firstOf(told.group(1), told.group(2));
                            place(name).ifPresent(this::dropField);
                        });
    }

    private void dropField(String path) {
        if (CORE.contains(path)) {
            return;
        }
        Feature.ofField(path)
                .map(List::of)
                .orElseGet(() -> Feature.inside(path))
                .forEach(feature -> edits.add(new Drop(feature)));
        if (unknownFields && Feature.ofField(path).isEmpty() && isDispensable(path)) {
            edits.add(new DropField(path));
        }
    }

    /** The last resort: a known part is named, and said not to be there. */
    private void readFeatures() {
        if (!says(NOT_HERE)) {
            return;
        }
        for (var feature : Feature.values()) {
            boolean named =
                    feature.paths().stream()
                            .filter(path -> !path.contains("*"))
                            .anyMatch(
                                    path ->
                                            text.contains(path.substring(path.indexOf('.') + 1))
                                                    && isThere(path));
            if (named || namesATool(feature)) {
                edits.add(new Drop(feature));
                return;
            }
        }
    }

    private boolean namesATool(Feature feature) {
        return request.objects("tools").stream()
                .filter(tool -> feature.hasTool(tool.type()))
                .anyMatch(
                        tool ->
                                text.contains(tool.type())
                                        || lower().contains(feature.word().replace('-', ' ')));
    }

    private String lower() {
        return text.toLowerCase(Locale.ROOT);
    }

    private boolean isThere(String path) {
        return resolve(request, path.split("\\.", -1), 0).isPresent();
    }

    private static boolean isDispensable(String path) {
        var parts = Arrays.asList(path.split("\\.", -1));
        var last = parts.getLast();
        return !last.equals("*")
                && !(parts.size() > 1 && CORE_OF_PARTS.contains(last))
                && parts.stream().limit(parts.size() - 1L).noneMatch(FOREIGN::contains);
    }

    /** Where in the request the field stands that was told, with {@code *} for every index. */
    private Optional<String> place(String told) {
        var parts = told.split("\\.", -1);
        if (parts.length > 1) {
            return resolve(request, parts, 0);
        }
        for (var before : USUAL_PLACES) {
            var path = (before + told).split("\\.", -1);
            if (resolve(request, path, 0).isPresent()) {
                return Optional.of(before + told);
            }
        }
        return Optional.empty();
    }

    /**
     * Follows a told path through the request. Validators put the kind of a part between its index
     * and its field ({@code tools.0.custom.defer_loading}); such steps are passed over.
     */
    private static Optional<String> resolve(JsonValue from, String[] path, int step) {
        if (step == path.length) {
            return Optional.of("");
        }
        boolean isLast = step == path.length - 1;
        var part = path[step];
        if (from instanceof JsonObject object) {
            var found =
                    object.get(part)
                            .flatMap(inner -> resolve(inner, path, step + 1))
                            .map(rest -> joined(part, rest));
            return found.isPresent() || isLast ? found : resolve(from, path, step + 1);
        }
        if (from instanceof JsonArray array && (part.equals("*") || part.matches("\\d{1,6}"))) {
            return elements(array, part).stream()
                    .flatMap(element -> resolve(element, path, step + 1).stream())
                    .findFirst()
                    .map(rest -> joined("*", rest));
        }
        return Optional.empty();
    }

    private static List<JsonValue> elements(JsonArray array, String index) {
        if (index.equals("*")) {
            return array.values();
        }
        int at = Integer.parseInt(index);
        return at < array.size() ? List.of(array.values().get(at)) : List.of();
    }

    private static String joined(String part, String rest) {
        return rest.isEmpty() ? part : part + "." + rest;
    }
}
