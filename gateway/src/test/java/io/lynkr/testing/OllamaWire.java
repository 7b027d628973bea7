package io.lynkr.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Ollama's own chat: one JSON a line, whole tool calls without ids, images beside the text. */
public record OllamaWire() implements Wire {
    private static final int PIECE = 12;
    private static final String CREATED = "2026-01-01T00:00:00.000000000Z";

    @Override
    public ModelRequest read(RecordedRequest request) {
        var json = request.json();
        var messages = json.get("messages").items();
        boolean leading = !messages.isEmpty() && messages.get(0).text("role").equals("system");
        return new ModelRequest(
                this,
                json.text("model"),
                !json.has("stream") || json.isTrue("stream"),
                leading ? messages.get(0).text("content") : "",
                messages.stream().skip(leading ? 1 : 0).map(OllamaWire::message).toList(),
                json.get("tools").items().stream().map(OllamaWire::tool).toList(),
                Optional.empty(),
                json.get("format"),
                json);
    }

    private static ModelRequest.Message message(Json message) {
        var role = message.text("role");
        var blocks = new ArrayList<ModelBlock>();
        if (role.equals("tool")) {
            var id = message.text("tool_call_id");
            blocks.add(
                    new ModelBlock.ToolResult(
                            id.isEmpty() ? message.text("tool_name") : id,
                            message.text("content"),
                            false,
                            message.get("images").items().size()));
            return new ModelRequest.Message("user", blocks);
        }
        if (!message.text("content").isEmpty()) {
            blocks.add(new ModelBlock.Text(message.text("content")));
        }
        for (var image : message.get("images").items()) {
            blocks.add(new ModelBlock.Image("image/*", image.text().length()));
        }
        for (var call : message.get("tool_calls").items()) {
            var function = call.get("function");
            blocks.add(
                    new ModelBlock.ToolUse(
                            call.text("id"), function.text("name"), function.get("arguments")));
        }
        return new ModelRequest.Message(role, blocks);
    }

    private static ModelRequest.Tool tool(Json tool) {
        var function = tool.get("function");
        return new ModelRequest.Tool(function.text("name"), "", function.get("parameters"));
    }

    @Override
    public Optional<String> objection(RecordedRequest request) {
        var json = request.json();
        if (json.text("model").isEmpty()) {
            return Optional.of("model is required");
        }
        for (var message : json.get("messages").items()) {
            if (!message.get("content").isString() && message.get("content").isPresent()) {
                return Optional.of(cannot("array", "Message.messages.content of type string"));
            }
            for (var call : message.get("tool_calls").items()) {
                if (!call.get("function").get("arguments").isObject()) {
                    return Optional.of(cannot("string", "ToolCallFunction.arguments"));
                }
            }
            for (var image : message.get("images").items()) {
                if (image.text().startsWith("data:") || image.text().isEmpty()) {
                    return Optional.of("illegal base64 data at input byte 4");
                }
            }
        }
        return Optional.empty();
    }

    private static String cannot(String kind, String field) {
        return "json: cannot unmarshal " + kind + " into Go struct field " + field;
    }

    @Override
    public Reply render(
            ModelRequest request, ModelAnswer.Message answer, Function<String, String> serial) {
        var thinking = join(answer, ModelBlock.Thinking.class, ModelBlock.Thinking::text);
        var text = join(answer, ModelBlock.Text.class, ModelBlock.Text::text);
        var calls = calls(answer);
        var line = Json.object("model", request.model(), "created_at", CREATED);
        if (!request.stream()) {
            var message = Json.object("role", "assistant", "content", text);
            message = thinking.isEmpty() ? message : message.with("thinking", thinking);
            message = calls.isEmpty() ? message : message.with("tool_calls", calls);
            return Reply.json(200, last(line.with("message", message), answer));
        }
        var lines = new ArrayList<String>();
        Wire.pieces(thinking, PIECE)
                .forEach(
                        piece ->
                                lines.add(step(line, said("").with("thinking", piece)).toString()));
        Wire.pieces(text, PIECE).forEach(piece -> lines.add(step(line, said(piece)).toString()));
        for (var call : calls) {
            lines.add(step(line, said("").with("tool_calls", Json.array(call))).toString());
        }
        lines.add(last(line.with("message", said("")), answer).toString());
        return Reply.ndjson(lines);
    }

    private static Json said(String content) {
        return Json.object("role", "assistant", "content", content);
    }

    private static Json step(Json line, Json message) {
        return line.with("message", message).with("done", false);
    }

    private static Json last(Json line, ModelAnswer.Message answer) {
        return line.with("done", true)
                .with(
                        "done_reason",
                        answer.stop() == ModelAnswer.Stop.MAX_TOKENS ? "length" : "stop")
                .with("total_duration", 2_000_000)
                .with("load_duration", 500_000)
                .with("prompt_eval_count", answer.usage().wholePrompt())
                .with("prompt_eval_duration", 500_000)
                .with("eval_count", answer.usage().output())
                .with("eval_duration", 1_000_000);
    }

    private static List<Json> calls(ModelAnswer.Message answer) {
        var calls = new ArrayList<Json>();
        for (var block : answer.blocks()) {
            if (block instanceof ModelBlock.ToolUse(_, var name, var input)) {
                calls.add(
                        Json.object(
                                "function",
                                Json.object(
                                        "index", calls.size(), "name", name, "arguments", input)));
            }
        }
        return calls;
    }

    private static <T extends ModelBlock> String join(
            ModelAnswer.Message answer, Class<T> kind, Function<T, String> text) {
        return answer.blocks().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .map(text)
                .collect(Collectors.joining());
    }

    @Override
    public Reply failure(int status, String message) {
        return Reply.json(status, Json.object("error", message));
    }

    @Override
    public String failureFrame(String message) {
        return Json.object("error", message) + "\n";
    }
}
