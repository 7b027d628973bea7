package io.lynkr.provider.dialect;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonBool;
import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;
import io.lynkr.message.ApiError;
import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.provider.Dialect;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.StreamTranslator;
import io.lynkr.provider.Translation;
import io.lynkr.provider.dialect.OpenAiProfile.Feature;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Ollama's own chat route. A conversation is first said as a chat completion, which is nearly what
 * Ollama takes; then images, tool calls and options are put where Ollama wants them.
 */
public final class OllamaDialect implements Dialect {
    private static final Map<String, String> OPTIONS =
            Map.of(
                    "max_tokens", "num_predict",
                    "temperature", "temperature",
                    "top_p", "top_p",
                    "top_k", "top_k",
                    "stop", "stop");

    private static final OpenAiProfile PROFILE =
            OpenAiProfile.conservative()
                    .named("ollama")
                    .with(Feature.TOP_K, Feature.RESPONSE_SCHEMA, Feature.IMAGES)
                    .without(Feature.THINK_TAGS, Feature.STREAM_OPTIONS, Feature.FORCE_ANY)
                    .withLimits(OpenAiProfile.Limits.USUAL.withStops(OpenAiProfile.Limits.NONE))
                    .withReasoning(
                            OpenAiProfile.Reasoning.NONE.withReplayed(
                                    OpenAiProfile.Reasoning.Replayed.REASONING_CONTENT))
                    .withIds(OpenAiProfile.Ids.ANY)
                    .withSchemas(SchemaScrub.NONE);

    private final ToolSchemas schemas = new ToolSchemas();
    private final int contextLength;
    private final TokenEstimate estimate;
    private final Supplier<String> unique;

    /**
     * @param contextLength tokens of context to ask for; 0 leaves it to Ollama, which cuts longer
     *     prompts without a word
     */
    public OllamaDialect(int contextLength, TokenEstimate estimate) {
        this(contextLength, estimate, OpenAiDialect::newIdentity);
    }

    /**
     * @param unique makes the ends of new identities
     */
    OllamaDialect(int contextLength, TokenEstimate estimate, Supplier<String> unique) {
        this.contextLength = contextLength;
        this.estimate = estimate;
        this.unique = unique;
    }

    @Override
    public Translation translate(MessagesRequest request, Headers headers) {
        var edits = new Edits();
        var said = new AnthropicToOpenAi(request, PROFILE, schemas, estimate, edits, true);
        var body = inOllamasWords(said.body(), request);
        var key = new AnswerKey(request, PROFILE, said.names(), said.clientIds(), estimate, unique);
        return new Chat(body, edits.list(), key);
    }

    private JsonObject inOllamasWords(JsonObject chat, MessagesRequest request) {
        var body =
                JsonObject.of("model", AnthropicToOpenAi.model(request))
                        .with("messages", messages(chat.objects("messages")))
                        .withOptional("tools", chat.get("tools"))
                        .with("stream", request.stream())
                        .withOptional("format", format(chat))
                        .with("options", options(chat));
        boolean thoughtless =
                request.json()
                        .object("thinking")
                        .map(thinking -> thinking.type().equals("disabled"))
                        .orElse(false);
        return thoughtless ? body.with("think", JsonBool.FALSE) : body;
    }

    private JsonObject options(JsonObject chat) {
        var options = new LinkedHashMap<String, JsonValue>();
        OPTIONS.forEach(
                (theirs, ollamas) ->
                        chat.get(theirs).ifPresent(value -> options.put(ollamas, value)));
        var all = JsonObject.copyOf(options);
        return contextLength > 0 ? all.with("num_ctx", contextLength) : all;
    }

    private static Optional<JsonValue> format(JsonObject chat) {
        return chat.object("response_format")
                .flatMap(format -> format.object("json_schema"))
                .flatMap(named -> named.get("schema"));
    }

    private static JsonArray messages(List<JsonObject> chat) {
        var toolNames = new HashMap<String, String>();
        var messages = new ArrayList<JsonObject>(chat.size());
        for (var message : chat) {
            messages.add(message(message, toolNames));
        }
        return JsonArray.copyOf(messages);
    }

    private static JsonObject message(JsonObject chat, Map<String, String> toolNames) {
        var role = chat.string("role").orElse("user");
        var message = withContent(JsonObject.of("role", role), chat);
        message = message.withOptional("thinking", chat.get("reasoning_content"));
        if (chat.has("tool_calls")) {
            message = message.with("tool_calls", calls(chat.objects("tool_calls"), toolNames));
        }
        var answered = chat.string("tool_call_id");
        if (answered.isPresent()) {
            var name = toolNames.getOrDefault(answered.get(), "");
            message = message.with("tool_call_id", answered.get()).with("tool_name", name);
        }
        return message;
    }

    /** Text is one string there, and images are base64 beside it. */
    private static JsonObject withContent(JsonObject message, JsonObject chat) {
        var content = chat.get("content");
        if (content.isPresent() && content.get() instanceof JsonArray parts) {
            return withParts(message, parts.objects());
        }
        return message.with(
                "content", content.filter(text -> !text.isNull()).orElse(JsonString.of("")));
    }

    private static JsonObject withParts(JsonObject message, List<JsonObject> parts) {
        var texts = new ArrayList<JsonString>();
        var images = new ArrayList<String>();
        for (var part : parts) {
            part.object("image_url").flatMap(image -> image.string("url")).ifPresent(images::add);
            if (part.get("text").orElse(JsonBool.FALSE) instanceof JsonString text) {
                texts.add(text);
            }
        }
        var text = texts.isEmpty() ? JsonString.of("") : JsonString.join("\n", texts);
        var said = message.with("content", text);
        return images.isEmpty()
                ? said
                : said.with(
                        "images",
                        JsonArray.ofStrings(
                                images.stream()
                                        .map(url -> url.substring(url.indexOf(',') + 1))
                                        .toList()));
    }

    /** Arguments are an object there, not its text. */
    private static JsonArray calls(List<JsonObject> calls, Map<String, String> toolNames) {
        var said = new ArrayList<JsonObject>(calls.size());
        for (var call : calls) {
            var function = call.object("function").orElse(JsonObject.EMPTY);
            var name = function.string("name").orElse("");
            var id = call.string("id").orElse("");
            toolNames.put(id, name);
            said.add(
                    JsonObject.of("id", id)
                            .with(
                                    "function",
                                    JsonObject.of("name", name)
                                            .with("arguments", arguments(function))));
        }
        return JsonArray.copyOf(said);
    }

    private static JsonValue arguments(JsonObject function) {
        var text = function.string("arguments").orElse("{}");
        try {
            return JsonObject.parse(text);
        } catch (JsonException noObject) {
            return JsonObject.of("value", text);
        }
    }

    private record Chat(JsonObject json, List<String> edits, AnswerKey key) implements Translation {

        @Override
        public byte[] body() {
            return json.toBytes();
        }

        @Override
        public Headers headers() {
            return Headers.NONE;
        }

        @Override
        public Optional<byte[]> answerWithoutCall() {
            return OpenAiDialect.needsNoCall(key.request())
                    ? Optional.of(
                            OpenAiDialect.emptyAnswer(key.request(), key.estimate()).toBytes())
                    : Optional.empty();
        }

        @Override
        public StreamTranslator stream() {
            return new OllamaStream(key);
        }

        @Override
        public byte[] whole(byte[] body) throws ProviderException {
            return OllamaStream.whole(body, key).toBytes();
        }

        @Override
        public ApiError error(int status, Headers headers, byte[] body) {
            var error = ErrorBody.read(status, body);
            return status == 404
                    ? ApiError.notFound(
                            error.message()
                                    + " (get it with: ollama pull "
                                    + AnthropicToOpenAi.model(key.request())
                                    + ")")
                    : error;
        }
    }
}
