package io.lynkr.agent;

import io.lynkr.json.JsonObject;
import io.lynkr.message.ApiError;
import io.lynkr.message.Headers;
import io.lynkr.message.MessageFolder;
import io.lynkr.message.StreamEvent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps an answer, and refuses events that no client would understand. */
final class RecordingSink implements ReplySink {
    private final List<StreamEvent> events = new ArrayList<>();
    private final List<String> endings = new ArrayList<>();
    private long open = -1;
    private long next;

    @Override
    public void begin(Headers headers) {}

    @Override
    public void event(StreamEvent event) {
        var data = event.data();
        switch (data.type()) {
            case StreamEvent.CONTENT_BLOCK_START -> {
                check(open < 0 && index(data) == next, event);
                open = next++;
            }
            case StreamEvent.CONTENT_BLOCK_DELTA -> check(open == index(data), event);
            case StreamEvent.CONTENT_BLOCK_STOP -> {
                check(open == index(data), event);
                open = -1;
            }
            case StreamEvent.MESSAGE_DELTA, StreamEvent.MESSAGE_STOP -> check(open < 0, event);
            default -> {}
        }
        events.add(event.copy());
    }

    private static long index(JsonObject data) {
        return data.integer("index").orElseThrow();
    }

    private static void check(boolean right, StreamEvent event) {
        if (!right) {
            throw new AssertionError("out of order: " + event);
        }
    }

    /** The whole message that the events tell. */
    JsonObject message() {
        return MessageFolder.fold(events);
    }

    List<String> names() {
        return events.stream().map(StreamEvent::name).toList();
    }

    /** How it was closed: {@code end}, or the error. */
    List<String> endings() {
        return endings;
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

    @Override
    public void end() {
        endings.add("end");
    }

    @Override
    public void whole(Headers headers, byte[] message) {
        endings.add("whole " + new String(message, java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public void fail(ApiError error, Headers headers, Optional<byte[]> body) {
        endings.add("fail " + error.message());
    }
}
