package io.lynkr.provider.dialect;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonBool;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;
import io.lynkr.message.ApiError;
import io.lynkr.message.ApiException;
import io.lynkr.message.MessagesRequest;
import io.lynkr.provider.dialect.OpenAiProfile.Feature;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tools of one request in OpenAI's words, and what may be called of them. Tools that Anthropic
 * would run are left out, unless the request makes no sense without them: then it is refused.
 */
final class ChatTools {
    private static final Set<String> TOLD = Set.of("name", "description", "input_schema", "type");
    private static final Set<String> TOLD_OF_FUNCTIONS =
            Set.of("name", "description", "input_schema", "type", "function", "parameters");

    private final OpenAiProfile profile;
    private final ToolSchemas schemas;
    private final Edits edits;
    private final Map<String, Tool> offered = new LinkedHashMap<>();
    private final List<JsonObject> served = new ArrayList<>();
    private final List<String> instructions = new ArrayList<>();
    private final ToolNames names;
    private final Choice choice;
    private final List<JsonValue> functions;

    /** A tool as the client defined it, whatever shape it used. */
    private record Tool(
            String name, Optional<JsonString> description, Optional<JsonObject> schema) {}

    private enum Kind {
        /** The request does not say. */
        FREE,
        AUTO,
        ANY,
        NAMED,
        NONE
    }

    private record Choice(Kind kind, String name, boolean oneAtATime) {}

    /**
     * @param withoutSearch whether a request whose only tool is Anthropic's web search may be
     *     answered without it
     * @throws ApiException 400 if a tool has no name, or the request depends on one that cannot be
     */
    ChatTools(
            MessagesRequest request,
            OpenAiProfile profile,
            ToolSchemas schemas,
            Edits edits,
            boolean withoutSearch) {
        this.profile = profile;
        this.schemas = schemas;
        this.edits = edits;
        int index = 0;
        for (var tool : request.tools()) {
            read(tool, index++);
        }
        this.names =
                new ToolNames(
                        List.copyOf(offered.keySet()),
                        profile.limits().toolName(),
                        profile.has(Feature.LETTER_FIRST));
        var wanted = request.json().object("tool_choice").map(this::choice);
        this.choice = permitted(wanted.orElse(new Choice(Kind.FREE, "", false)), withoutSearch);
        this.functions = functions();
    }

    /** Whether the model may call a tool of this name. */
    boolean offers(String name) {
        return offered.containsKey(name);
    }

    ToolNames names() {
        return names;
    }

    /** What the system prompt must say because the schema has no place for it. */
    List<String> instructions() {
        return instructions;
    }

    /**
     * Adds what the body says about tools.
     *
     * @param called the tools that the history calls
     */
    void addTo(Map<String, JsonValue> body, Collection<String> called) {
        if (offered.isEmpty()) {
            addStubs(body, called);
            return;
        }
        body.put("tools", JsonArray.copyOf(functions));
        switch (choice.kind) {
            case FREE -> {}
            case AUTO -> body.put("tool_choice", JsonString.of("auto"));
            case NONE -> body.put("tool_choice", JsonString.of("none"));
            case ANY -> addForce(body, JsonString.of("required"));
            case NAMED -> addForce(body, byName(choice.name));
        }
        if (choice.oneAtATime) {
            if (profile.has(Feature.PARALLEL_TOOL_CALLS)) {
                body.put("parallel_tool_calls", JsonBool.FALSE);
            } else {
                edits.drop("tool_choice.disable_parallel_tool_use");
            }
        }
    }

    /** Some backends refuse a history with calls of tools that the request does not define. */
    private void addStubs(Map<String, JsonValue> body, Collection<String> called) {
        if (called.isEmpty() || !profile.has(Feature.STUB_TOOLS)) {
            return;
        }
        var stubs = new ArrayList<JsonValue>();
        for (var name : called) {
            stubs.add(function(new Tool(name, Optional.empty(), Optional.empty())));
        }
        body.put("tools", JsonArray.copyOf(stubs));
        body.put("tool_choice", JsonString.of("none"));
    }

    private void addForce(Map<String, JsonValue> body, JsonValue force) {
        boolean byInstruction =
                !profile.has(Feature.FORCE_ANY)
                        && (choice.kind == Kind.ANY || !profile.has(Feature.FORCE_BY_NAME));
        body.put("tool_choice", byInstruction ? JsonString.of("auto") : force);
    }

    private JsonValue byName(String name) {
        return profile.has(Feature.FORCE_BY_NAME)
                ? JsonObject.of("type", "function")
                        .with("function", JsonObject.of("name", names.sent(name)))
                : JsonString.of("required");
    }

    private List<JsonValue> functions() {
        var functions = new ArrayList<JsonValue>(offered.size());
        boolean onlyForced =
                choice.kind == Kind.NAMED
                        && !profile.has(Feature.FORCE_BY_NAME)
                        && profile.has(Feature.FORCE_ANY);
        for (var tool : offered.values()) {
            if (!onlyForced || tool.name.equals(choice.name)) {
                functions.add(function(tool));
            }
        }
        return functions;
    }

    private JsonObject function(Tool tool) {
        var function = new LinkedHashMap<String, JsonValue>();
        var name = names.sent(tool.name);
        if (!name.equals(tool.name)) {
            edits.rename("tool");
        }
        function.put("name", JsonString.of(name));
        tool.description.ifPresent(text -> function.put("description", fitted(tool.name, text)));
        var converted = schemas.convert(profile.schemas(), tool.schema);
        converted.schema().ifPresent(parameters -> function.put("parameters", parameters));
        if (converted.changed()) {
            edits.convert("tools.input_schema");
        }
        return JsonObject.of("type", "function").with("function", JsonObject.copyOf(function));
    }

    /** Looks at the characters only if there are so many bytes that the limit may be passed. */
    private JsonString fitted(String tool, JsonString description) {
        int limit = profile.limits().toolDescription();
        if (description.sizeHint() - 2 <= limit || description.value().length() <= limit) {
            return description;
        }
        edits.clamp("tools.description");
        int end = limit - Phrases.CUT_DESCRIPTION.length();
        if (Character.isHighSurrogate(description.value().charAt(end - 1))) {
            end--;
        }
        if (profile.has(Feature.DESCRIPTIONS_IN_SYSTEM)) {
            instructions.add(Phrases.described(tool, description.value()));
        }
        return JsonString.of(description.value().substring(0, end) + Phrases.CUT_DESCRIPTION);
    }

    private void read(JsonObject tool, int index) {
        switch (tool.type()) {
            case "", "custom" -> {
                report(tool, TOLD);
                offer(tool, tool.object("input_schema"), index);
            }
            case "function" -> {
                report(tool, TOLD_OF_FUNCTIONS);
                var function = tool.object("function").orElse(tool);
                offer(
                        function,
                        function.object("input_schema").or(() -> function.object("parameters")),
                        index);
            }
            default -> readTyped(tool, index);
        }
    }

    private void readTyped(JsonObject tool, int index) {
        var definition = ClientTools.of(tool.type());
        if (definition.isEmpty()) {
            edits.drop("tools." + tool.type());
            served.add(tool);
            return;
        }
        edits.convert("tools." + tool.type());
        offer(
                tool.with("description", definition.get().description()),
                Optional.of(definition.get().schema()),
                index);
    }

    private void offer(JsonObject tool, Optional<JsonObject> schema, int index) {
        var name = tool.string("name").orElse("");
        if (name.isBlank()) {
            throw invalid("tools.%d.name: a tool needs a name".formatted(index));
        }
        if (offered.containsKey(name)) {
            edits.drop("tools.duplicate");
        } else if (offered.size() >= profile.limits().tools()) {
            edits.drop("tools.beyond_limit");
        } else {
            offered.put(name, new Tool(name, description(tool, name), schema));
        }
    }

    /** Some models refuse an empty description; none at all they take. */
    private static Optional<JsonString> description(JsonObject tool, String name) {
        if (!(tool.get("description").orElse(JsonNull.NULL) instanceof JsonString text)) {
            return Optional.empty();
        }
        return Optional.of(text.isBlank() ? JsonString.of(name) : text);
    }

    private void report(JsonObject tool, Set<String> told) {
        int expected = 0;
        for (var field : told) {
            expected += tool.has(field) ? 1 : 0;
        }
        if (expected == tool.size()) {
            return;
        }
        for (var field : tool.keys()) {
            if (!told.contains(field)) {
                edits.drop("tools." + field);
            }
        }
    }

    private Choice choice(JsonObject told) {
        boolean oneAtATime = told.isTrue("disable_parallel_tool_use");
        var name =
                told.string("name")
                        .or(() -> told.object("function").flatMap(f -> f.string("name")))
                        .orElse("");
        return switch (told.type()) {
            case "auto" -> new Choice(Kind.AUTO, "", oneAtATime);
            case "any", "required" -> new Choice(Kind.ANY, "", oneAtATime);
            case "none" -> new Choice(Kind.NONE, "", false);
            case "tool", "function" -> new Choice(Kind.NAMED, name, oneAtATime);
            default ->
                    throw invalid(
                            "tool_choice.type: Input should be 'auto', 'any', 'tool' or 'none', but is '%s'"
                                    .formatted(told.type()));
        };
    }

    private Choice permitted(Choice wanted, boolean withoutSearch) {
        if (!served.isEmpty() && (offered.isEmpty() || isServed(wanted))) {
            if (!withoutSearch || !isOnlySearch()) {
                throw unavailable(isServed(wanted) ? servedAs(wanted.name) : served.getFirst());
            }
            instructions.add(Phrases.NO_SEARCH);
        }
        if (offered.isEmpty()) {
            return new Choice(Kind.FREE, "", false);
        }
        if (wanted.kind == Kind.NAMED && !offered.containsKey(wanted.name)) {
            throw invalid(
                    "tool_choice: Tool '%s' not found in provided tools".formatted(wanted.name));
        }
        instruct(wanted);
        return wanted;
    }

    /** Where a call cannot be forced, it can still be asked for. */
    private void instruct(Choice wanted) {
        boolean forcible =
                profile.has(Feature.FORCE_ANY)
                        || (wanted.kind == Kind.NAMED && profile.has(Feature.FORCE_BY_NAME));
        if (forcible || (wanted.kind != Kind.NAMED && wanted.kind != Kind.ANY)) {
            return;
        }
        edits.convert("tool_choice");
        instructions.add(
                wanted.kind == Kind.NAMED
                        ? Phrases.mustCall(names.sent(wanted.name))
                        : Phrases.MUST_CALL_ANY);
    }

    /** Whether a call is forced in a way that the backend enforces. */
    boolean isForced() {
        return !offered.isEmpty()
                && ((choice.kind == Kind.ANY && profile.has(Feature.FORCE_ANY))
                        || (choice.kind == Kind.NAMED
                                && (profile.has(Feature.FORCE_ANY)
                                        || profile.has(Feature.FORCE_BY_NAME))));
    }

    private boolean isOnlySearch() {
        return offered.isEmpty()
                && served.size() == 1
                && served.getFirst().type().startsWith("web_search_");
    }

    private boolean isServed(Choice wanted) {
        return wanted.kind == Kind.NAMED
                && !offered.containsKey(wanted.name)
                && served.stream().anyMatch(tool -> nameOf(tool).equals(wanted.name));
    }

    private JsonObject servedAs(String name) {
        return served.stream()
                .filter(tool -> nameOf(tool).equals(name))
                .findFirst()
                .orElse(served.getFirst());
    }

    private static String nameOf(JsonObject tool) {
        return tool.string("name").orElse(tool.type());
    }

    private static ApiException unavailable(JsonObject tool) {
        return invalid(
                "tools: %s (type %s) runs on Anthropic's servers, and this model's backend has no such tool; leave it out or choose another model"
                        .formatted(nameOf(tool), tool.type()));
    }

    private static ApiException invalid(String message) {
        return new ApiException(ApiError.invalidRequest(message));
    }
}
