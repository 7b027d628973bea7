package io.lynkr.provider.dialect;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonBool;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonNumber;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonOutput;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;
import io.lynkr.message.ApiException;
import io.lynkr.message.MessagesRequest;
import io.lynkr.provider.dialect.OpenAiProfile.Feature;
import io.lynkr.provider.dialect.OpenAiProfile.Limits;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says one request of the Messages API in the OpenAI chat schema. The body is made from an
 * allow-list: a field that is not named here never reaches the backend, and is named in the edits.
 * Used for one request.
 */
final class AnthropicToOpenAi {
    private static final Set<String> SAID =
            Set.of(
                    "model",
                    "messages",
                    "system",
                    "max_tokens",
                    "stream",
                    "stop_sequences",
                    "temperature",
                    "top_p",
                    "top_k",
                    "tools",
                    "tool_choice",
                    "thinking",
                    "output_config",
                    "output_format",
                    "metadata");

    /** Claude Code marks a model whose long context window it wants to use. */
    private static final Pattern WINDOW_MARK = Pattern.compile("\\[\\d+[mk]\\]$");

    private final MessagesRequest request;
    private final JsonObject json;
    private final OpenAiProfile profile;
    private final TokenEstimate estimate;
    private final Edits edits;
    private final ChatTools tools;
    private final ChatMessages messages;
    private final Map<String, JsonValue> body = new LinkedHashMap<>();

    /**
     * @param withoutSearch whether a request whose only tool is Anthropic's web search may be
     *     answered without it
     * @throws ApiException 400 if the request depends on a tool that cannot be
     */
    AnthropicToOpenAi(
            MessagesRequest request,
            OpenAiProfile profile,
            ToolSchemas schemas,
            TokenEstimate estimate,
            Edits edits,
            boolean withoutSearch) {
        this.request = request;
        this.json = request.json();
        this.profile = profile;
        this.estimate = estimate;
        this.edits = edits;
        this.tools = new ChatTools(request, profile, schemas, edits, withoutSearch);
        this.messages = new ChatMessages(profile, tools, edits);
    }

    /** The model's name without the mark that only clients understand. */
    static String model(MessagesRequest request) {
        return WINDOW_MARK.matcher(request.model()).replaceFirst("");
    }

    /**
     * The request's body.
     *
     * @throws ApiException 400 if there is nothing to say, or something only Anthropic could read
     */
    JsonObject body() {
        addModel();
        var instructions = new ArrayList<>(tools.instructions());
        formatByInstruction().ifPresent(instructions::add);
        body.put("messages", messages.of(request, instructions));
        addMaxTokens();
        addStream();
        addStops();
        tools.addTo(body, messages.called());
        addThinking();
        addSampling();
        addFormat();
        addUser();
        profile.extraBody().forEach(body::put);
        json.keys().stream().filter(field -> !SAID.contains(field)).forEach(edits::drop);
        return JsonObject.copyOf(body);
    }

    /** A body as bytes, for which it is about as long as the request. */
    static byte[] bytes(JsonObject body, MessagesRequest request) {
        var out = new JsonOutput(request.bytes().length + 2048);
        body.writeTo(out);
        return out.toBytes();
    }

    ToolNames names() {
        return tools.names();
    }

    /** The identities of calls that the client knows already. */
    Set<String> clientIds() {
        return messages.clientIds();
    }

    private void addModel() {
        var model = model(request);
        if (!model.equals(request.model())) {
            edits.rename("model");
        }
        if (profile.has(Feature.MODEL_IN_BODY)) {
            body.put("model", JsonString.of(model));
        }
    }

    private void addMaxTokens() {
        var wanted = request.maxTokens();
        if (wanted.isPresent()) {
            body.put(profile.maxTokensField(), JsonNumber.of(permitted(wanted.getAsLong())));
        }
    }

    private long permitted(long wanted) {
        long most = profile.limits().maxOutputTokens();
        if (profile.limits().contextWindow() != Limits.NONE) {
            long room = profile.limits().contextWindow() - estimate.estimate(request);
            // A prompt that fills the window by itself is for the backend to refuse.
            most = room > 0 ? Math.min(most, room) : most;
        }
        if (wanted <= most) {
            return wanted;
        }
        edits.clamp("max_tokens");
        return most;
    }

    private void addStream() {
        if (!request.stream()) {
            return;
        }
        body.put("stream", JsonBool.TRUE);
        if (profile.has(Feature.STREAM_OPTIONS)) {
            body.put("stream_options", JsonObject.EMPTY.with("include_usage", true));
        }
    }

    private void addStops() {
        var stops = json.array("stop_sequences").map(JsonArray::strings).orElse(List.of());
        var told = stops.stream().filter(stop -> !stop.isBlank()).toList();
        var sent = told.subList(0, Math.min(told.size(), profile.limits().stops()));
        if (sent.isEmpty() && !stops.isEmpty()) {
            edits.drop("stop_sequences");
        } else if (sent.size() < stops.size()) {
            edits.clamp("stop_sequences");
        }
        if (!sent.isEmpty()) {
            body.put("stop", JsonArray.ofStrings(sent));
        }
    }

    /** A model that thinks takes no temperature but 1. */
    private void addSampling() {
        boolean thinks = body.containsKey("thinking") || asksForEffort();
        addIf(profile.has(Feature.SAMPLING) && (!thinks || isOne("temperature")), "temperature");
        addIf(profile.has(Feature.SAMPLING), "top_p");
        addIf(profile.has(Feature.TOP_K) && !thinks, "top_k");
    }

    private boolean asksForEffort() {
        var effort = json.object("thinking").map(JsonObject::type).orElse("");
        return (body.containsKey("reasoning_effort") || body.containsKey("reasoning"))
                && (effort.equals("enabled") || effort.equals("adaptive"));
    }

    private boolean isOne(String field) {
        return json.integer(field).equals(OptionalLong.of(1));
    }

    private void addIf(boolean taken, String field) {
        if (!json.has(field) || json.get(field).orElse(JsonNull.NULL).isNull()) {
            return;
        }
        if (taken) {
            body.put(field, json.get(field).orElse(JsonNull.NULL));
        } else {
            edits.drop(field);
        }
    }

    private void addThinking() {
        var limit = json.object("thinking").isPresent() ? sentMaxTokens() : Limits.NONE;
        new ChatThinking(json, profile.reasoning(), edits, tools.isForced(), limit).addTo(body);
    }

    private long sentMaxTokens() {
        return body.get(profile.maxTokensField()) instanceof JsonNumber limit
                ? limit.asLong().orElse(Limits.NONE)
                : Limits.NONE;
    }

    private Optional<JsonObject> wantedSchema() {
        return json.object("output_config")
                .flatMap(config -> config.object("format"))
                .or(() -> json.object("output_format"))
                .filter(format -> format.type().equals("json_schema"))
                .flatMap(format -> format.object("schema"));
    }

    private Optional<String> formatByInstruction() {
        if (profile.has(Feature.RESPONSE_SCHEMA)) {
            return Optional.empty();
        }
        var schema = wantedSchema();
        schema.ifPresent(_ -> edits.convert("output_config.format"));
        return schema.map(JsonObject::toString).map(Phrases::answerInJson);
    }

    private void addFormat() {
        var schema = wantedSchema();
        if (schema.isEmpty() || !profile.has(Feature.RESPONSE_SCHEMA)) {
            return;
        }
        var strict = StrictSchema.of(schema.get());
        var format =
                JsonObject.of("name", "output")
                        .with("schema", strict.orElse(schema.get()))
                        .with("strict", strict.isPresent());
        body.put(
                "response_format",
                JsonObject.of("type", "json_schema").with("json_schema", format));
    }

    /** Claude Code's value names an account: it never travels as it is. */
    private void addUser() {
        var metadata = json.object("metadata").orElse(JsonObject.EMPTY);
        var user = metadata.string("user_id");
        if (user.isPresent() && profile.has(Feature.USER_DIGEST)) {
            body.put("user", JsonString.of(Digest.of(user.get())));
            edits.convert("metadata");
        } else if (!metadata.isEmpty()) {
            edits.drop("metadata");
        }
    }
}
