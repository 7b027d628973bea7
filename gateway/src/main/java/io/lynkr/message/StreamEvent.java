package io.lynkr.message;

import io.lynkr.json.JsonObject;
import io.lynkr.sse.SseFrame;

import org.jspecify.annotations.Nullable;

/**
 * One event of a streamed answer: either a frame as it came from an upstream, or made by us. Its
 * JSON is read only when somebody asks.
 */
public final class StreamEvent {
    public static final String MESSAGE_START = "message_start";
    public static final String CONTENT_BLOCK_START = "content_block_start";
    public static final String CONTENT_BLOCK_DELTA = "content_block_delta";
    public static final String CONTENT_BLOCK_STOP = "content_block_stop";
    public static final String MESSAGE_DELTA = "message_delta";
    public static final String MESSAGE_STOP = "message_stop";
    public static final String PING = "ping";
    public static final String ERROR = "error";

    private final SseFrame frame;
    private @Nullable JsonObject data;

    private StreamEvent(SseFrame frame, @Nullable JsonObject data) {
        this.frame = frame;
        this.data = data;
    }

    /** An event as it came; valid as long as the frame is. */
    public static StreamEvent of(SseFrame frame) {
        return new StreamEvent(frame, null);
    }

    /** An event of our own; its name is the data's {@code type}. */
    public static StreamEvent of(JsonObject data) {
        return new StreamEvent(SseFrame.of(data.type(), data.toBytes()), data);
    }

    public static StreamEvent error(ApiError error, String requestId) {
        return of(error.toJson(requestId));
    }

    public String name() {
        return frame.name();
    }

    public boolean is(String name) {
        return frame.isNamed(name);
    }

    /** Whether this event carries part of the answer, as opposed to a ping or a comment. */
    public boolean isContent() {
        return frame.hasData() && !is(PING);
    }

    /**
     * The event's data.
     *
     * @throws io.lynkr.json.JsonException if it is no JSON object
     */
    public JsonObject data() {
        var known = data;
        if (known == null) {
            known = JsonObject.parse(frame.data());
            data = known;
        }
        return known;
    }

    /** The bytes that go on the wire. */
    public SseFrame frame() {
        return frame;
    }

    /** An event that stays valid after the reader went on. */
    public StreamEvent copy() {
        return new StreamEvent(frame.copy(), data);
    }

    @Override
    public String toString() {
        return new String(
                frame.buffer(),
                frame.from(),
                frame.to() - frame.from(),
                java.nio.charset.StandardCharsets.UTF_8);
    }
}
