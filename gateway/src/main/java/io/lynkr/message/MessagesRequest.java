package io.lynkr.message;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonBool;
import io.lynkr.json.JsonException;
import io.lynkr.json.JsonLimits;
import io.lynkr.json.JsonNumber;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonPatch;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A request for a message: the bytes that came, read once, and views on what the gateway acts on.
 * Fields nobody here has heard of travel along.
 */
public final class MessagesRequest {
    /** Stands for "whichever" where a backend must be chosen before a model is known. */
    public static final String NO_MODEL = "";

    private static final int MAX_MESSAGES = 100_000;
    private static final int MAX_TOOLS = 10_000;
    private static final Set<String> ROLES = Set.of("user", "assistant", "system");

    private final byte[] bytes;
    private @Nullable JsonObject json;

    /**
     * @param json what the bytes say; read when asked for if it is not known yet
     */
    private MessagesRequest(byte[] bytes, @Nullable JsonObject json) {
        this.bytes = bytes;
        this.json = json;
    }

    /**
     * Reads and checks a body of {@code POST /v1/messages}. One that declares tools of the type
     * {@code function}, as the original's clients do, may leave out {@code max_tokens}.
     *
     * @throws ApiException 400 naming the field that is wrong
     */
    public static MessagesRequest parse(byte[] body) {
        var request = read(body);
        request.check();
        request.checkMaxTokens();
        return request;
    }

    /**
     * Reads and checks a body of {@code POST /v1/messages/count_tokens}, which has no {@code
     * max_tokens}.
     */
    public static MessagesRequest parseForCounting(byte[] body) {
        var request = read(body);
        request.check();
        return request;
    }

    private static MessagesRequest read(byte[] body) {
        try {
            return JsonValue.parse(body, JsonLimits.STRICT)
                    .asObject()
                    .map(json -> new MessagesRequest(body, json))
                    .orElseThrow(() -> invalid("the request body must be a JSON object"));
        } catch (JsonException notJson) {
            throw invalid("the request body is not valid JSON: " + notJson.getMessage());
        }
    }

    public String model() {
        return json().string("model").orElse("");
    }

    public boolean stream() {
        return json().isTrue("stream");
    }

    public OptionalLong maxTokens() {
        return json().integer("max_tokens");
    }

    public List<JsonObject> messages() {
        return json().objects("messages");
    }

    public List<JsonObject> tools() {
        return json().objects("tools");
    }

    /** The system prompt: a string, or an array of text blocks. */
    public Optional<JsonValue> system() {
        return json().get("system");
    }

    public JsonObject json() {
        // Reading twice in a race is harmless: both results are equal.
        var known = json;
        if (known == null) {
            known = JsonObject.parse(bytes);
            json = known;
        }
        return known;
    }

    /** The body as it came, or as an edit left it; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** The same request with an edited body. */
    public MessagesRequest withBody(byte[] edited) {
        return new MessagesRequest(edited, null);
    }

    /** The same request for another model; what it says besides is not read again. */
    public MessagesRequest withModel(String model) {
        var patch = patch();
        patch.replace("model", JsonString.of(model));
        return new MessagesRequest(patch.apply(), json().with("model", model));
    }

    /** Starts an edit of the body in place. */
    public JsonPatch patch() {
        var root = json();
        return new JsonPatch(root.wasRead() ? root : JsonObject.parse(bytes));
    }

    public MessagesRequest withJson(JsonObject edited) {
        return withBody(edited.toBytes());
    }

    private void check() {
        requireText("model");
        checkType("stream", "a boolean", json().get("stream").map(v -> v instanceof JsonBool));
        checkMessages();
        checkSystem();
        checkTools();
        checkType(
                "tool_choice",
                "an object",
                json().get("tool_choice").map(v -> v instanceof JsonObject));
        checkType(
                "metadata",
                "an object",
                json().get("metadata").map(v -> v instanceof JsonObject || v.isNull()));
        checkType(
                "thinking",
                "an object",
                json().get("thinking").map(v -> v instanceof JsonObject || v.isNull()));
        checkType(
                "stop_sequences",
                "an array of strings",
                json().get("stop_sequences").map(MessagesRequest::isStrings));
        for (var field : List.of("temperature", "top_p", "top_k")) {
            checkType(
                    field,
                    "a number of 0 or more",
                    json().get(field).map(MessagesRequest::isNotNegative));
        }
    }

    private void requireText(String field) {
        var value = json().get(field).orElseThrow(() -> invalid(field + ": Field required"));
        if (!(value instanceof JsonString text)) {
            throw invalid(field + ": Input should be a valid string, but is " + describe(value));
        }
        if (text.isBlank()) {
            throw invalid(field + ": String should have at least 1 character");
        }
    }

    private void checkMaxTokens() {
        if (!json().has("max_tokens") && namesFunctions()) {
            return;
        }
        var value = json().get("max_tokens").orElseThrow(MessagesRequest::noMaxTokens);
        if (!(value instanceof JsonNumber number) || number.asLong().isEmpty()) {
            throw invalid("max_tokens: Input should be a valid integer, but is " + describe(value));
        }
        if (number.asLong().getAsLong() < 0) {
            throw invalid(
                    "max_tokens: Input should be greater than or equal to 0, but is " + number);
        }
    }

    /** Requests in the original's form declare tools of the type function, and no limit. */
    private boolean namesFunctions() {
        return tools().stream().anyMatch(tool -> tool.type().equals("function"));
    }

    /** The refusal of a request that does not say how long its answer may be. */
    public static ApiException noMaxTokens() {
        return invalid("max_tokens: Field required");
    }

    private void checkMessages() {
        var value = json().get("messages").orElseThrow(() -> invalid("messages: Field required"));
        if (!(value instanceof JsonArray messages)) {
            throw invalid("messages: Input should be a valid list, but is " + describe(value));
        }
        if (messages.isEmpty()) {
            throw invalid("messages: at least one message is required");
        }
        if (messages.size() > MAX_MESSAGES) {
            throw invalid(
                    "messages: List should have at most "
                            + MAX_MESSAGES
                            + " items, but has "
                            + messages.size());
        }
        int index = 0;
        for (var message : messages) {
            checkMessage("messages." + index++, message);
        }
    }

    private static void checkMessage(String path, JsonValue value) {
        if (!(value instanceof JsonObject message)) {
            throw invalid(path + ": Input should be an object, but is " + describe(value));
        }
        var role = message.get("role").orElseThrow(() -> invalid(path + ".role: Field required"));
        if (!(role instanceof JsonString name) || !ROLES.contains(name.value())) {
            throw invalid(
                    path
                            + ".role: Input should be 'user', 'assistant' or 'system', but is "
                            + describe(role));
        }
        var content =
                message.get("content")
                        .orElseThrow(() -> invalid(path + ".content: Field required"));
        checkContent(path + ".content", content);
    }

    private static void checkContent(String path, JsonValue content) {
        switch (content) {
            case JsonString _ -> {}
            case JsonArray blocks -> {
                int index = 0;
                for (var block : blocks) {
                    checkBlock(path + "." + index++, block);
                }
            }
            default ->
                    throw invalid(
                            path
                                    + ": Input should be a string or a list of content blocks, but"
                                    + " is "
                                    + describe(content));
        }
    }

    private static void checkBlock(String path, JsonValue value) {
        if (!(value instanceof JsonObject block)) {
            throw invalid(path + ": Input should be an object, but is " + describe(value));
        }
        if (block.type().isEmpty()) {
            throw invalid(path + ".type: Field required");
        }
    }

    private void checkSystem() {
        var system = system();
        if (system.isPresent() && !system.get().isNull()) {
            checkContent("system", system.get());
        }
    }

    private void checkTools() {
        var value = json().get("tools");
        if (value.isEmpty() || value.get().isNull()) {
            return;
        }
        if (!(value.get() instanceof JsonArray tools)) {
            throw invalid("tools: Input should be a valid list, but is " + describe(value.get()));
        }
        if (tools.size() > MAX_TOOLS) {
            throw invalid(
                    "tools: List should have at most "
                            + MAX_TOOLS
                            + " items, but has "
                            + tools.size());
        }
        int index = 0;
        for (var tool : tools) {
            if (!(tool instanceof JsonObject)) {
                throw invalid(
                        "tools." + index + ": Input should be an object, but is " + describe(tool));
            }
            index++;
        }
    }

    private static boolean isStrings(JsonValue value) {
        return value.isNull()
                || (value instanceof JsonArray array && array.strings().size() == array.size());
    }

    private static boolean isNotNegative(JsonValue value) {
        return value.isNull() || (value instanceof JsonNumber number && !number.isNegative());
    }

    private static void checkType(String field, String expected, Optional<Boolean> right) {
        if (!right.orElse(true)) {
            throw invalid(field + ": Input should be " + expected);
        }
    }

    private static String describe(JsonValue value) {
        var text = value.toString();
        return text.length() > 60 ? value.kind() : text;
    }

    private static ApiException invalid(String message) {
        return new ApiException(ApiError.invalidRequest(message));
    }
}
