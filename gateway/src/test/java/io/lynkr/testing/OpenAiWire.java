package io.lynkr.testing;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** OpenAI chat completions, and the ways in which Azure and Databricks differ from it. */
public record OpenAiWire(Flavour flavour) implements Wire {
    private static final int PIECE = 12;
    private static final int CREATED = 1_764_000_000;

    private static final Set<String> FIELDS =
            Set.of(
                    "model",
                    "messages",
                    "max_tokens",
                    "max_completion_tokens",
                    "stream",
                    "stream_options",
                    "stop",
                    "temperature",
                    "top_p",
                    "n",
                    "tools",
                    "tool_choice",
                    "parallel_tool_calls",
                    "response_format",
                    "reasoning_effort",
                    "verbosity",
                    "metadata",
                    "safety_identifier",
                    "user",
                    "prompt_cache_key",
                    "prompt_cache_options",
                    "service_tier",
                    "store",
                    "seed",
                    "logprobs",
                    "logit_bias",
                    "presence_penalty",
                    "frequency_penalty");
    private static final Set<String> DATABRICKS_FIELDS =
            Set.of(
                    "model",
                    "messages",
                    "max_tokens",
                    "stream",
                    "stream_options",
                    "stop",
                    "temperature",
                    "top_p",
                    "top_k",
                    "n",
                    "tools",
                    "tool_choice",
                    "parallel_tool_calls",
                    "response_format",
                    "reasoning_effort",
                    "thinking");

    /** Whose chat completions. */
    public enum Flavour {
        OPENAI,
        /** Says what it filtered in a first chunk without choices; knows the model by the path. */
        AZURE,
        /** Reasoning is a list in the content; a call begins with {@code {}} as placeholder. */
        DATABRICKS;

        static Flavour of(String path) {
            if (path.contains("/openai/deployments/")) {
                return AZURE;
            }
            return path.contains("/serving-endpoints/") || path.endsWith("/invocations")
                    ? DATABRICKS
                    : OPENAI;
        }
    }

    @Override
    public ModelRequest read(RecordedRequest request) {
        var json = request.json();
        var system = new ArrayList<String>();
        var messages = new ArrayList<ModelRequest.Message>();
        for (var message : json.get("messages").items()) {
            var role = message.text("role");
            if (messages.isEmpty() && (role.equals("system") || role.equals("developer"))) {
                system.add(textOf(message.get("content")));
            } else {
                messages.add(message(message));
            }
        }
        var choice = json.get("tool_choice");
        return new ModelRequest(
                this,
                model(request.path(), json),
                json.isTrue("stream"),
                String.join("\n", system),
                messages,
                json.get("tools").items().stream().map(OpenAiWire::tool).toList(),
                Optional.of(choice.get("function").text("name")).filter(name -> !name.isEmpty()),
                json.get("response_format").get("json_schema").get("schema"),
                json);
    }

    private static String model(String path, Json json) {
        if (json.has("model")) {
            return json.text("model");
        }
        var names = Arrays.asList(path.split("/", -1));
        int before = path.endsWith("/invocations") ? 2 : 3;
        return names.size() > before ? names.get(names.size() - before) : "";
    }

    private static ModelRequest.Message message(Json message) {
        var role = message.text("role");
        if (role.equals("tool")) {
            var result =
                    new ModelBlock.ToolResult(
                            message.text("tool_call_id"), textOf(message.get("content")), false, 0);
            return new ModelRequest.Message("user", List.of(result));
        }
        var blocks = new ArrayList<ModelBlock>();
        if (message.get("content").isString()) {
            blocks.add(new ModelBlock.Text(message.text("content")));
        }
        message.get("content").items().forEach(part -> blocks.add(part(part)));
        for (var call : message.get("tool_calls").items()) {
            var function = call.get("function");
            blocks.add(
                    new ModelBlock.ToolUse(
                            call.text("id"),
                            function.text("name"),
                            Json.parse(function.text("arguments"))));
        }
        return new ModelRequest.Message(role.equals("developer") ? "system" : role, blocks);
    }

    private static ModelBlock part(Json part) {
        return switch (part.text("type")) {
            case "text" -> new ModelBlock.Text(part.text("text"));
            case "image_url" -> {
                var url = part.get("image_url").text("url");
                int comma = url.indexOf(',');
                yield url.startsWith("data:") && comma > 0
                        ? new ModelBlock.Image(
                                url.substring("data:".length(), url.indexOf(';')),
                                url.length() - comma - 1)
                        : new ModelBlock.Image("url", 0);
            }
            default -> new ModelBlock.Other(part.text("type"));
        };
    }

    private static ModelRequest.Tool tool(Json tool) {
        var function = tool.get("function");
        return new ModelRequest.Tool(function.text("name"), "", function.get("parameters"));
    }

    private static String textOf(Json content) {
        return content.isString()
                ? content.text()
                : String.join("\n", content.items().stream().map(p -> p.text("text")).toList());
    }

    @Override
    public Optional<String> objection(RecordedRequest request) {
        var json = request.json();
        var known = flavour == Flavour.DATABRICKS ? DATABRICKS_FIELDS : FIELDS;
        for (var field : json.fields().keySet()) {
            if (!known.contains(field)) {
                return Optional.of("Unrecognized request argument supplied: " + field);
            }
        }
        if (model(request.path(), json).isEmpty()) {
            return Optional.of("you must provide a model parameter");
        }
        if (json.get("messages").items().isEmpty()) {
            return Optional.of("[] is too short - 'messages'");
        }
        if (json.has("stream_options") && !json.isTrue("stream")) {
            return Optional.of("The 'stream_options' parameter is only allowed with 'stream'.");
        }
        return messageObjection(json.get("messages").items()).or(() -> toolObjection(json));
    }

    private Optional<String> messageObjection(List<Json> messages) {
        var open = new HashSet<String>();
        for (int i = 0; i < messages.size(); i++) {
            var message = messages.get(i);
            var role = message.text("role");
            if (role.equals("tool")) {
                if (!open.remove(message.text("tool_call_id"))) {
                    return Optional.of(
                            "messages with role 'tool' must be a response to a preceeding message"
                                    + " with 'tool_calls'.");
                }
            } else if (!open.isEmpty()) {
                return Optional.of(
                        "An assistant message with 'tool_calls' must be followed by tool messages"
                                + " responding to each 'tool_call_id'. The following tool_call_ids"
                                + " did not have response messages: "
                                + String.join(", ", open));
            }
            if (!Set.of("system", "developer", "user", "assistant", "tool").contains(role)) {
                return Optional.of("Invalid value: '" + role + "' for messages[" + i + "].role");
            }
            message.get("tool_calls").items().forEach(call -> open.add(call.text("id")));
            var objection = contentObjection(i, message);
            if (objection.isPresent()) {
                return objection;
            }
        }
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of("tool_call_ids without response: " + String.join(", ", open));
    }

    private Optional<String> contentObjection(int index, Json message) {
        var where = "messages[" + index + "].content";
        var content = message.get("content");
        boolean mayBeEmpty = !message.get("tool_calls").items().isEmpty();
        if (!content.isString() && !content.isArray() && !mayBeEmpty) {
            return Optional.of("Invalid value for '" + where + "': expected a string, got null.");
        }
        for (var part : content.items()) {
            boolean text = part.text("type").equals("text");
            if (message.text("role").equals("tool") && !text) {
                return Optional.of(
                        "Invalid '"
                                + where
                                + "': tool messages take text, got "
                                + part.text("type"));
            }
            var known = text ? Set.of("type", "text") : Set.of("type", part.text("type"));
            if (flavour != Flavour.DATABRICKS && !known.containsAll(part.fields().keySet())) {
                return Optional.of(
                        "Unknown parameter in '" + where + "': " + part.fields().keySet());
            }
            if (flavour == Flavour.DATABRICKS && text && part.text("text").isEmpty()) {
                return Optional.of("messages: text content blocks must be non-empty");
            }
        }
        return Optional.empty();
    }

    private Optional<String> toolObjection(Json json) {
        if (json.has("tools") && json.get("tools").items().isEmpty()) {
            return Optional.of("[] is too short - 'tools'");
        }
        for (var tool : json.get("tools").items()) {
            var name = tool.get("function").text("name");
            if (!tool.text("type").equals("function") || !name.matches("[A-Za-z0-9_-]{1,64}")) {
                return Optional.of("Invalid 'tools': expected a function, got " + tool);
            }
        }
        if (flavour == Flavour.DATABRICKS
                && json.get("tools").items().stream()
                        .anyMatch(tool -> tool.get("function").has("strict"))) {
            return Optional.of("tools.0.custom.strict: Extra inputs are not permitted");
        }
        if (json.has("tool_choice") && !json.has("tools")) {
            return Optional.of("'tool_choice' is only allowed when 'tools' are specified.");
        }
        return Optional.empty();
    }

    @Override
    public Reply render(
            ModelRequest request, ModelAnswer.Message answer, Function<String, String> serial) {
        var frame =
                Json.object(
                        "id",
                        serial.apply("chatcmpl-"),
                        "object",
                        "chat.completion",
                        "created",
                        CREATED,
                        "model",
                        request.model(),
                        "system_fingerprint",
                        "fp_fake");
        var calls = calls(answer, serial);
        var reply =
                request.stream()
                        ? stream(request, answer, frame, calls)
                        : Reply.json(200, whole(answer, frame, calls));
        return reply.header("x-request-id", serial.apply("req_"));
    }

    private static List<Json> calls(ModelAnswer.Message answer, Function<String, String> serial) {
        var calls = new ArrayList<Json>();
        for (var block : answer.blocks()) {
            if (block instanceof ModelBlock.ToolUse(var id, var name, var input)) {
                calls.add(
                        Json.object(
                                "id",
                                id.isEmpty() ? serial.apply("call_") : id,
                                "type",
                                "function",
                                "function",
                                Json.object("name", name, "arguments", input.toString())));
            }
        }
        return calls;
    }

    private Json whole(ModelAnswer.Message answer, Json frame, List<Json> calls) {
        var text = text(answer);
        var reasoning = reasoning(answer);
        var message =
                Json.object(
                        "role",
                        "assistant",
                        "content",
                        text.isEmpty() && !calls.isEmpty() ? null : text,
                        "refusal",
                        null);
        if (!reasoning.isEmpty()) {
            message =
                    flavour == Flavour.DATABRICKS
                            ? message.with(
                                    "content",
                                    Json.array(
                                            reasoningPart(reasoning, true),
                                            Json.object("type", "text", "text", text)))
                            : message.with("reasoning_content", reasoning);
        }
        if (!calls.isEmpty()) {
            message = message.with("tool_calls", calls);
        }
        var choice =
                Json.object(
                        "index",
                        0,
                        "message",
                        message,
                        "logprobs",
                        null,
                        "finish_reason",
                        finishReason(answer.stop()));
        return frame.with("choices", Json.array(choice)).with("usage", usage(answer.usage()));
    }

    private Reply stream(
            ModelRequest request, ModelAnswer.Message answer, Json frame, List<Json> calls) {
        boolean withUsage = request.json().get("stream_options").isTrue("include_usage");
        var chunk = frame.with("object", "chat.completion.chunk");
        if (withUsage) {
            chunk = chunk.with("usage", null);
        }
        var frames = new ArrayList<String>();
        if (flavour == Flavour.AZURE) {
            var filter = Json.object("prompt_index", 0, "content_filter_results", Json.object());
            frames.add(
                    data(
                            chunk.with("choices", List.of())
                                    .with("prompt_filter_results", Json.array(filter))));
        }
        for (var delta : deltas(answer, calls)) {
            frames.add(data(chunk.with("choices", Json.array(choice(delta, null)))));
        }
        var finish = choice(Json.object(), finishReason(answer.stop()));
        frames.add(data(chunk.with("choices", Json.array(finish))));
        if (withUsage) {
            frames.add(data(chunk.with("choices", List.of()).with("usage", usage(answer.usage()))));
        }
        frames.add("data: [DONE]\n\n");
        return Reply.sse(frames);
    }

    private List<Json> deltas(ModelAnswer.Message answer, List<Json> calls) {
        var deltas = new ArrayList<Json>();
        deltas.add(Json.object("role", "assistant", "content", ""));
        var reasoning = reasoning(answer);
        if (flavour == Flavour.DATABRICKS && !reasoning.isEmpty()) {
            for (var piece : Wire.pieces(reasoning, PIECE)) {
                deltas.add(Json.object("content", Json.array(reasoningPart(piece, false))));
            }
            var signature = AnthropicWire.signature(reasoning);
            var last = Json.object("type", "summary_text", "text", "", "signature", signature);
            deltas.add(
                    Json.object(
                            "content",
                            Json.array(
                                    Json.object(
                                            "type", "reasoning", "summary", Json.array(last)))));
        } else {
            Wire.pieces(reasoning, PIECE)
                    .forEach(piece -> deltas.add(Json.object("reasoning_content", piece)));
        }
        Wire.pieces(text(answer), PIECE)
                .forEach(piece -> deltas.add(Json.object("content", piece)));
        for (int index = 0; index < calls.size(); index++) {
            callDeltas(deltas, index, calls.get(index));
        }
        return deltas;
    }

    private void callDeltas(List<Json> deltas, int index, Json call) {
        var function = call.get("function");
        var arguments = function.text("arguments");
        var placeholder = flavour == Flavour.DATABRICKS ? "{}" : "";
        var first = call.with("function", function.with("arguments", placeholder));
        deltas.add(
                Json.object(
                        "tool_calls",
                        Json.array(
                                Json.object("index", index)
                                        .with("id", first.get("id"))
                                        .with("type", "function")
                                        .with("function", first.get("function")))));
        if (arguments.equals(placeholder)) {
            return;
        }
        for (var piece : Wire.pieces(arguments, PIECE)) {
            var fragment = Json.object("index", index, "function", Json.object("arguments", piece));
            deltas.add(Json.object("tool_calls", Json.array(fragment)));
        }
    }

    private static Json choice(Json delta, @Nullable String finish) {
        return Json.object("index", 0, "delta", delta, "logprobs", null, "finish_reason", finish);
    }

    private static Json reasoningPart(String text, boolean signed) {
        var summary = Json.object("type", "summary_text", "text", text);
        if (signed) {
            summary = summary.with("signature", AnthropicWire.signature(text));
        }
        return Json.object("type", "reasoning", "summary", Json.array(summary));
    }

    private static String data(Json json) {
        return "data: " + json + "\n\n";
    }

    private static String text(ModelAnswer.Message answer) {
        var text = new StringBuilder();
        for (var block : answer.blocks()) {
            if (block instanceof ModelBlock.Text(var piece)) {
                text.append(piece);
            }
        }
        return text.toString();
    }

    private static String reasoning(ModelAnswer.Message answer) {
        var text = new StringBuilder();
        for (var block : answer.blocks()) {
            if (block instanceof ModelBlock.Thinking(var piece, _)) {
                text.append(piece);
            }
        }
        return text.toString();
    }

    private Json usage(ModelAnswer.Usage usage) {
        var json =
                Json.object(
                        "prompt_tokens", usage.wholePrompt(),
                        "completion_tokens", usage.output(),
                        "total_tokens", usage.wholePrompt() + usage.output());
        return flavour == Flavour.DATABRICKS
                ? json.with("cache_read_input_tokens", usage.cacheRead())
                        .with("cache_creation_input_tokens", usage.cacheCreation())
                : json.with(
                                "prompt_tokens_details",
                                Json.object("cached_tokens", usage.cacheRead(), "audio_tokens", 0))
                        .with(
                                "completion_tokens_details",
                                Json.object("reasoning_tokens", 0, "audio_tokens", 0));
    }

    private static String finishReason(ModelAnswer.Stop stop) {
        return switch (stop) {
            case END_TURN -> "stop";
            case TOOL_USE -> "tool_calls";
            case MAX_TOKENS -> "length";
            case REFUSAL -> "content_filter";
        };
    }

    @Override
    public Reply failure(int status, String message) {
        return Reply.json(
                        status,
                        flavour == Flavour.DATABRICKS
                                ? databricks(status, message)
                                : Json.object("error", error(status, message)))
                .header("x-request-id", "req_fake_failure");
    }

    @Override
    public String failureFrame(String message) {
        return data(Json.object("error", error(500, message)));
    }

    private static Json error(int status, String message) {
        var type =
                switch (status) {
                    case 429 -> "rate_limit_error";
                    case 401 -> "authentication_error";
                    default -> status < 500 ? "invalid_request_error" : "server_error";
                };
        var code =
                switch (status) {
                    case 401 -> Json.of("invalid_api_key");
                    case 404 -> Json.of("model_not_found");
                    case 429 -> Json.of("rate_limit_exceeded");
                    default -> Json.Nothing.NULL;
                };
        return Json.object("message", message, "type", type, "param", null, "code", code);
    }

    private static Json databricks(int status, String message) {
        var code =
                switch (status) {
                    case 400, 422 -> "BAD_REQUEST";
                    case 401 -> "UNAUTHENTICATED";
                    case 403 -> "PERMISSION_DENIED";
                    case 404 -> "RESOURCE_DOES_NOT_EXIST";
                    case 429 -> "REQUEST_LIMIT_EXCEEDED";
                    case 503, 529 -> "TEMPORARILY_UNAVAILABLE";
                    case 504 -> "DEADLINE_EXCEEDED";
                    default -> "INTERNAL_ERROR";
                };
        return Json.object("error_code", code, "message", message);
    }
}
