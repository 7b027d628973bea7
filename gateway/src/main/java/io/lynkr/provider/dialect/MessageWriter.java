package io.lynkr.provider.dialect;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;
import io.lynkr.message.StreamEvent;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Writes one message as events, in the only order that every client understands: one block at a
 * time, numbered without gaps. Used by one thread at a time.
 */
final class MessageWriter {
    private final Supplier<JsonObject> message;
    private final Deque<StreamEvent> written = new ArrayDeque<>();
    private boolean begun;
    private Block open = Block.NONE;
    private int blocks;
    private boolean signed;
    private long bytes;

    /**
     * @param message the message without its content; asked for when the first block begins
     */
    MessageWriter(Supplier<JsonObject> message) {
        this.message = message;
    }

    private enum Block {
        NONE,
        TEXT,
        THINKING,
        TOOL
    }

    /** Hands over what was written since the last time. */
    void drainTo(Consumer<StreamEvent> events) {
        for (var event = written.poll(); event != null; event = written.poll()) {
            events.accept(event);
        }
    }

    /** Whether anything was written. */
    boolean isBegun() {
        return begun;
    }

    /** Roughly the size of what was written, for those who must guess its tokens. */
    long bytes() {
        return bytes;
    }

    boolean isInText() {
        return open == Block.TEXT;
    }

    boolean isInThinking() {
        return open == Block.THINKING;
    }

    void text(JsonString text) {
        if (open != Block.TEXT) {
            open(Block.TEXT, JsonObject.of("type", "text").with("text", ""));
        }
        change("text_delta", "text", text);
    }

    void citation(JsonObject citation) {
        change("citations_delta", "citation", citation);
    }

    /** Thoughts after a signature are another block: it signs what came before it. */
    void thinking(JsonString text) {
        if (open != Block.THINKING || signed) {
            open(
                    Block.THINKING,
                    JsonObject.of("type", "thinking").with("thinking", "").with("signature", ""));
            signed = false;
        }
        if (text.sizeHint() > 2) {
            change("thinking_delta", "thinking", text);
        }
    }

    /** Signs the thinking that is open; it comes in one piece. */
    void signature(JsonString signature) {
        signed = true;
        change("signature_delta", "signature", signature);
    }

    void tool(String id, String name) {
        open(
                Block.TOOL,
                JsonObject.of("type", "tool_use")
                        .with("id", id)
                        .with("name", name)
                        .with("input", JsonObject.EMPTY));
    }

    void input(String json) {
        change("input_json_delta", "partial_json", JsonString.of(json));
    }

    void close() {
        if (open != Block.NONE) {
            write(indexed(StreamEvent.CONTENT_BLOCK_STOP));
            open = Block.NONE;
            blocks++;
        }
    }

    /**
     * Ends the message.
     *
     * @param sequence the stop sequence that was met, or {@code null} in JSON
     * @param details why the model refused, or {@code null} in JSON
     */
    void end(String reason, JsonValue sequence, JsonValue details, JsonObject usage) {
        close();
        begin();
        var delta =
                JsonObject.of("stop_reason", reason)
                        .with("stop_sequence", sequence)
                        .with("stop_details", details);
        write(
                JsonObject.of("type", StreamEvent.MESSAGE_DELTA)
                        .with("delta", delta)
                        .with("usage", usage));
        write(JsonObject.of("type", StreamEvent.MESSAGE_STOP));
    }

    /** A message of which nothing is told yet. */
    static JsonObject blank(String id, String model, JsonObject usage) {
        return JsonObject.of("id", id)
                .with("type", "message")
                .with("role", "assistant")
                .with("model", model)
                .with("content", JsonArray.EMPTY)
                .with("stop_reason", JsonNull.NULL)
                .with("stop_sequence", JsonNull.NULL)
                .with("stop_details", JsonNull.NULL)
                .with("usage", usage);
    }

    private void begin() {
        if (!begun) {
            begun = true;
            write(JsonObject.of("type", StreamEvent.MESSAGE_START).with("message", message.get()));
        }
    }

    private void open(Block kind, JsonObject shell) {
        close();
        begin();
        write(indexed(StreamEvent.CONTENT_BLOCK_START).with("content_block", shell));
        open = kind;
    }

    private void change(String kind, String field, JsonValue piece) {
        bytes += piece instanceof JsonString text ? text.sizeHint() - 2 : 0;
        write(
                indexed(StreamEvent.CONTENT_BLOCK_DELTA)
                        .with("delta", JsonObject.of("type", kind).with(field, piece)));
    }

    private JsonObject indexed(String type) {
        return JsonObject.of("type", type).with("index", blocks);
    }

    private void write(JsonObject event) {
        written.add(StreamEvent.of(event));
    }
}
