package io.lynkr.provider.demo;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;
import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.message.StreamEvent;
import io.lynkr.provider.EventSink;
import io.lynkr.provider.ProviderCall;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.Reply;
import io.lynkr.resilience.Deadline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A conversation with the demo model as a client has it, told in few words. */
final class DemoTalk {
    static final String[] CLAUDE_CODE_TOOLS = {
        "Bash", "Read", "Edit", "Write", "Agent", "WebSearch"
    };

    private final DemoProvider provider = new DemoProvider(new DemoSettings(60), (_, _) -> false);
    private final List<JsonValue> messages = new ArrayList<>();
    private JsonObject body = JsonObject.of("model", "claude-demo-opus").with("max_tokens", 4096);

    DemoTalk offering(String... tools) {
        return with(
                "tools",
                JsonArray.copyOf(
                        Arrays.stream(tools)
                                .map(
                                        name ->
                                                JsonObject.of("name", name)
                                                        .with(
                                                                "input_schema",
                                                                JsonObject.of("type", "object")))
                                .toList()));
    }

    DemoTalk with(String field, JsonValue value) {
        body = body.with(field, value);
        return this;
    }

    DemoTalk with(String field, String json) {
        return with(field, JsonValue.parse(json));
    }

    DemoTalk user(String text) {
        return message("user", JsonString.of(text));
    }

    DemoTalk message(String role, JsonValue content) {
        messages.add(JsonObject.of("role", role).with("content", content));
        return this;
    }

    DemoTalk message(String role, String contentJson) {
        return message(role, JsonValue.parse(contentJson));
    }

    /** The client runs every tool that the last answer asked for, with one and the same result. */
    DemoTalk answered(JsonObject answer, String result, boolean failed) {
        message("assistant", JsonArray.copyOf(answer.objects("content")));
        var results =
                answer.objects("content").stream()
                        .filter(block -> block.type().equals("tool_use"))
                        .map(
                                use ->
                                        JsonObject.of("type", "tool_result")
                                                .with("tool_use_id", use.string("id").orElseThrow())
                                                .with("content", result)
                                                .with("is_error", failed))
                        .toList();
        return message("user", JsonArray.copyOf(results));
    }

    DemoTalk answered(JsonObject answer, String result) {
        return answered(answer, result, false);
    }

    JsonObject ask() throws ProviderException, InterruptedException {
        var reply = (Reply.Whole) provider.send(call(body));
        return JsonObject.parse(reply.body());
    }

    /** The events of a streamed answer. */
    List<JsonObject> stream() throws ProviderException, InterruptedException {
        var events = new ArrayList<JsonObject>();
        stream(events);
        return events;
    }

    void stream(List<JsonObject> events) throws ProviderException, InterruptedException {
        var reply = (Reply.Streamed) provider.send(call(body.with("stream", true)));
        try (var stream = reply.events()) {
            stream.pushTo(new Recorder(events));
        }
    }

    ProviderCall call() {
        return call(body);
    }

    private ProviderCall call(JsonObject json) {
        var request = json.with("messages", JsonArray.copyOf(messages)).toBytes();
        return new ProviderCall(
                MessagesRequest.parse(request),
                Headers.NONE,
                Deadline.after(Duration.ofMinutes(1)),
                "req_1");
    }

    /** The answer in short: texts as they are, calls as {@code Tool{input}}. */
    static String shown(JsonObject answer) {
        var shown = new StringBuilder();
        for (var block : answer.objects("content")) {
            shown.append(shown.isEmpty() ? "" : " ")
                    .append(
                            switch (block.type()) {
                                case "text" -> block.string("text").orElseThrow();
                                case "thinking" ->
                                        "(" + block.string("thinking").orElseThrow() + ")";
                                case "tool_use", "server_tool_use" ->
                                        block.string("name").orElseThrow()
                                                + block.object("input").orElseThrow();
                                default -> "<" + block.type() + ">";
                            });
        }
        return shown.toString();
    }

    static String shown(DemoTalk talk) throws ProviderException, InterruptedException {
        return shown(talk.ask());
    }

    private record Recorder(List<JsonObject> events) implements EventSink {
        @Override
        public void event(StreamEvent event) {
            events.add(event.data());
        }

        @Override
        public void flush() {}

        @Override
        public boolean isFull() {
            return false;
        }

        @Override
        public void whenWritable(Runnable action) {
            action.run();
        }
    }
}
