package io.lynkr.testing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The Messages API, with named events, cache counters and signed thinking. */
public record AnthropicWire() implements Wire {
    private static final int PIECE = 12;

    @Override
    public ModelRequest read(RecordedRequest request) {
        var json = request.json();
        var choice = json.get("tool_choice");
        return new ModelRequest(
                this,
                json.text("model"),
                json.isTrue("stream"),
                textOf(json.get("system")),
                json.get("messages").items().stream().map(AnthropicWire::message).toList(),
                json.get("tools").items().stream().map(AnthropicWire::tool).toList(),
                Optional.of(choice.text("name")).filter(name -> !name.isEmpty()),
                json.get("output_config").get("format").get("schema"),
                json);
    }

    private static ModelRequest.Message message(Json message) {
        var content = message.get("content");
        var blocks =
                content.isString()
                        ? List.<ModelBlock>of(new ModelBlock.Text(content.text()))
                        : content.items().stream().map(AnthropicWire::block).toList();
        return new ModelRequest.Message(message.text("role"), blocks);
    }

    private static ModelBlock block(Json block) {
        return switch (block.text("type")) {
            case "text" -> new ModelBlock.Text(block.text("text"));
            case "thinking" ->
                    new ModelBlock.Thinking(block.text("thinking"), block.text("signature"));
            case "image" -> image(block);
            case "tool_use" ->
                    new ModelBlock.ToolUse(
                            block.text("id"), block.text("name"), block.get("input"));
            case "tool_result" -> {
                var parts = block.get("content").items();
                long images = parts.stream().filter(p -> p.text("type").equals("image")).count();
                yield new ModelBlock.ToolResult(
                        block.text("tool_use_id"),
                        textOf(block.get("content")),
                        block.isTrue("is_error"),
                        (int) images);
            }
            default -> new ModelBlock.Other(block.text("type"));
        };
    }

    private static ModelBlock image(Json block) {
        var source = block.get("source");
        return new ModelBlock.Image(source.text("media_type"), source.text("data").length());
    }

    private static ModelRequest.Tool tool(Json tool) {
        return new ModelRequest.Tool(
                tool.text("name"),
                tool.text("type").equals("custom") ? "" : tool.text("type"),
                tool.get("input_schema"));
    }

    private static String textOf(Json content) {
        return content.isString()
                ? content.text()
                : String.join(
                        "\n",
                        content.items().stream()
                                .filter(part -> part.text("type").equals("text"))
                                .map(part -> part.text("text"))
                                .toList());
    }

    @Override
    public Optional<String> objection(RecordedRequest request) {
        var json = request.json();
        if (json.text("model").isEmpty()) {
            return Optional.of("model: Field required");
        }
        if (!json.has("max_tokens")) {
            return Optional.of("max_tokens: Field required");
        }
        var messages = json.get("messages").items();
        if (messages.isEmpty()) {
            return Optional.of("messages: at least one message is required");
        }
        return messageObjection(messages).or(() -> toolObjection(json.get("tools").items()));
    }

    private static Optional<String> messageObjection(List<Json> messages) {
        Set<String> open = Set.of();
        for (int i = 0; i < messages.size(); i++) {
            var role = messages.get(i).text("role");
            if (role.equals("system")) {
                continue;
            }
            if (!role.equals("user") && !role.equals("assistant")) {
                return Optional.of(
                        "messages." + i + ".role: Input should be 'user' or 'assistant'");
            }
            var blocks = messages.get(i).get("content").items();
            var answered = ids(blocks, "tool_result", "tool_use_id");
            if (!answered.containsAll(open)) {
                return Optional.of(
                        "messages."
                                + i
                                + ": `tool_use` ids were found without `tool_result` blocks"
                                + " immediately after: "
                                + String.join(", ", open));
            }
            if (!open.containsAll(answered)) {
                return Optional.of(
                        "messages."
                                + i
                                + ": unexpected `tool_use_id` found in `tool_result` blocks: "
                                + String.join(", ", answered));
            }
            open = role.equals("assistant") ? ids(blocks, "tool_use", "id") : Set.of();
            var objection = blockObjection(i, blocks);
            if (objection.isPresent()) {
                return objection;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> blockObjection(int message, List<Json> blocks) {
        for (int i = 0; i < blocks.size(); i++) {
            var block = blocks.get(i);
            var where = "messages." + message + ".content." + i;
            if (block.text("type").equals("text") && block.text("text").isEmpty()) {
                return Optional.of("messages: text content blocks must be non-empty");
            }
            if (block.text("type").equals("thinking")
                    && !block.text("signature").equals(signature(block.text("thinking")))) {
                return Optional.of(where + ": Invalid `signature` in `thinking` block");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> toolObjection(List<Json> tools) {
        var names = new HashSet<String>();
        for (int i = 0; i < tools.size(); i++) {
            var tool = tools.get(i);
            var type = tool.text("type");
            if ((type.isEmpty() || type.equals("custom")) && !tool.get("input_schema").isObject()) {
                return Optional.of("tools." + i + ".custom.input_schema: Field required");
            }
            if (!names.add(tool.text("name"))) {
                return Optional.of("tools: Tool names must be unique.");
            }
        }
        return Optional.empty();
    }

    private static Set<String> ids(List<Json> blocks, String type, String field) {
        var ids = new HashSet<String>();
        blocks.stream()
                .filter(block -> block.text("type").equals(type))
                .forEach(block -> ids.add(block.text(field)));
        return ids;
    }

    @Override
    public Reply render(
            ModelRequest request, ModelAnswer.Message answer, Function<String, String> serial) {
        var content = new ArrayList<Json>();
        answer.blocks().forEach(block -> content.addAll(blocks(block, serial)));
        var message =
                Json.object(
                        "id",
                        serial.apply("msg_"),
                        "type",
                        "message",
                        "role",
                        "assistant",
                        "model",
                        request.model(),
                        "content",
                        content,
                        "stop_reason",
                        stopReason(answer.stop()),
                        "stop_sequence",
                        null,
                        "stop_details",
                        null,
                        "container",
                        null,
                        "usage",
                        usage(answer));
        var reply = request.stream() ? stream(request, message) : Reply.json(200, message);
        return reply.header("request-id", serial.apply("req_"))
                .header("anthropic-organization-id", "11111111-2222-3333-4444-555555555555")
                .header("anthropic-ratelimit-requests-limit", "4000")
                .header("anthropic-ratelimit-requests-remaining", "3999")
                .header("anthropic-ratelimit-requests-reset", "2026-01-01T00:00:00Z");
    }

    private static List<Json> blocks(ModelBlock block, Function<String, String> serial) {
        return switch (block) {
            case ModelBlock.Text(var text) -> List.of(Json.object("type", "text", "text", text));
            case ModelBlock.Thinking(var text, var given) -> {
                var signature = given.isEmpty() ? signature(text) : given;
                yield List.of(
                        Json.object("type", "thinking", "thinking", text, "signature", signature));
            }
            case ModelBlock.ToolUse(var id, var name, var input) ->
                    List.of(
                            Json.object(
                                    "type",
                                    "tool_use",
                                    "id",
                                    id.isEmpty() ? serial.apply("toolu_") : id,
                                    "name",
                                    name,
                                    "input",
                                    input));
            case ModelBlock.WebSearch search -> webSearch(search, serial.apply("srvtoolu_"));
            case ModelBlock.Other(var type) -> List.of(Json.object("type", type));
            case ModelBlock.Image _, ModelBlock.ToolResult _ ->
                    throw new IllegalArgumentException("a model does not say " + block);
        };
    }

    private static List<Json> webSearch(ModelBlock.WebSearch search, String id) {
        var hits =
                search.hits().stream()
                        .map(
                                hit ->
                                        Json.object(
                                                "type", "web_search_result",
                                                "title", hit.title(),
                                                "url", hit.url(),
                                                "encrypted_content", signature(hit.url()),
                                                "page_age", null))
                        .toList();
        return List.of(
                Json.object(
                        "type",
                        "server_tool_use",
                        "id",
                        id,
                        "name",
                        "web_search",
                        "input",
                        Json.object("query", search.query())),
                Json.object(
                        "type", "web_search_tool_result",
                        "tool_use_id", id,
                        "content", hits));
    }

    private static Reply stream(ModelRequest request, Json message) {
        var frames = new ArrayList<String>();
        var usage = message.get("usage");
        var shell =
                message.with("content", List.of())
                        .with("stop_reason", null)
                        .with("usage", usage.with("output_tokens", 1).without("server_tool_use"));
        frames.add(event("message_start", "message", shell));
        frames.add(event("ping"));
        var blocks = message.get("content").items();
        for (int index = 0; index < blocks.size(); index++) {
            block(frames, index, blocks.get(index));
        }
        var end =
                Json.object(
                        "type",
                        "message_delta",
                        "delta",
                        Json.object(
                                "stop_reason", message.get("stop_reason"),
                                "stop_sequence", null,
                                "stop_details", null),
                        "usage",
                        usage);
        if (request.json().has("context_management")) {
            end = end.with("context_management", Json.object("applied_edits", List.of()));
        }
        frames.add(frame("message_delta", end));
        frames.add(event("message_stop"));
        return Reply.sse(frames).header("cache-control", "no-cache");
    }

    private static void block(List<String> frames, int index, Json block) {
        var shell =
                switch (block.text("type")) {
                    case "text" -> block.with("text", "");
                    case "thinking" -> block.with("thinking", "").with("signature", "");
                    case "tool_use", "server_tool_use" -> block.with("input", Json.object());
                    default -> block;
                };
        frames.add(event("content_block_start", "index", index, "content_block", shell));
        for (var delta : deltas(block)) {
            frames.add(event("content_block_delta", "index", index, "delta", delta));
        }
        frames.add(event("content_block_stop", "index", index));
    }

    private static List<Json> deltas(Json block) {
        var deltas = new ArrayList<Json>();
        switch (block.text("type")) {
            case "text" ->
                    Wire.pieces(block.text("text"), PIECE)
                            .forEach(p -> deltas.add(delta("text_delta", "text", p)));
            case "thinking" -> {
                Wire.pieces(block.text("thinking"), PIECE)
                        .forEach(p -> deltas.add(delta("thinking_delta", "thinking", p)));
                deltas.add(delta("signature_delta", "signature", block.text("signature")));
            }
            case "tool_use", "server_tool_use" -> {
                deltas.add(delta("input_json_delta", "partial_json", ""));
                Wire.pieces(block.get("input").toString(), PIECE)
                        .forEach(p -> deltas.add(delta("input_json_delta", "partial_json", p)));
            }
            default -> {}
        }
        return deltas;
    }

    private static Json delta(String type, String field, String value) {
        return Json.object("type", type, field, value);
    }

    private static String event(String name, Object... fields) {
        var json = Json.object("type", name);
        for (int i = 0; i < fields.length; i += 2) {
            json = json.with((String) fields[i], fields[i + 1]);
        }
        return frame(name, json);
    }

    static String frame(String name, Json json) {
        return "event: " + name + "\ndata: " + json + "\n\n";
    }

    private static Json usage(ModelAnswer.Message answer) {
        var usage = answer.usage();
        var json =
                Json.object(
                        "input_tokens", usage.input(),
                        "cache_creation_input_tokens", usage.cacheCreation(),
                        "cache_read_input_tokens", usage.cacheRead(),
                        "cache_creation",
                                Json.object(
                                        "ephemeral_5m_input_tokens",
                                        usage.cacheCreation(),
                                        "ephemeral_1h_input_tokens",
                                        0),
                        "output_tokens", usage.output(),
                        "service_tier", "standard");
        long searches =
                answer.blocks().stream().filter(ModelBlock.WebSearch.class::isInstance).count();
        return searches == 0
                ? json
                : json.with(
                        "server_tool_use",
                        Json.object("web_search_requests", searches, "web_fetch_requests", 0));
    }

    private static String stopReason(ModelAnswer.Stop stop) {
        return switch (stop) {
            case END_TURN -> "end_turn";
            case TOOL_USE -> "tool_use";
            case MAX_TOKENS -> "max_tokens";
            case REFUSAL -> "refusal";
        };
    }

    @Override
    public Reply failure(int status, String message) {
        return Reply.json(status, error(errorType(status), message))
                .header("request-id", "req_fake_failure");
    }

    @Override
    public String failureFrame(String message) {
        return frame("error", error("overloaded_error", message));
    }

    private static Json error(String type, String message) {
        return Json.object(
                "type", "error",
                "error", Json.object("type", type, "message", message),
                "request_id", "req_fake_failure");
    }

    private static String errorType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 409 -> "conflict_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 504 -> "timeout_error";
            case 529 -> "overloaded_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }

    /** The only signature that this fake takes back for that thinking. */
    public static String signature(String thinking) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var bytes = digest.digest(("fake:" + thinking).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
