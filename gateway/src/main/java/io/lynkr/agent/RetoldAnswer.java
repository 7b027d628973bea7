package io.lynkr.agent;

import io.lynkr.cache.CachedAnswer;
import io.lynkr.json.JsonObject;
import io.lynkr.message.StreamEvent;
import io.lynkr.provider.EventSink;
import io.lynkr.provider.EventStream;
import io.lynkr.sse.SseReader;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** An answer of the cache, given again: under a new id, and with its prompt counted as read. */
final class RetoldAnswer implements EventStream {
    /** How much is handed over before the receiver is looked after. */
    private static final int EVENTS_AT_ONCE = 32;

    private final CachedAnswer answer;
    private final String id = "msg_" + UUID.randomUUID().toString().replace("-", "");

    RetoldAnswer(CachedAnswer answer) {
        this.answer = answer;
    }

    /** The message, if it came whole. */
    byte[] message() {
        return retold(JsonObject.parse(answer.bytes())).toBytes();
    }

    @Override
    public void pushTo(EventSink sink) throws InterruptedException {
        int handed = 0;
        for (var event : events()) {
            sink.event(event);
            if (++handed % EVENTS_AT_ONCE == 0) {
                sink.flush();
                awaitRoom(sink);
            }
        }
        sink.flush();
    }

    private List<StreamEvent> events() {
        var events = new ArrayList<StreamEvent>();
        var reader = new SseReader(answer.bytes().length);
        reader.feed(
                answer.bytes(),
                0,
                answer.bytes().length,
                frame -> events.add(retold(StreamEvent.of(frame))));
        return events;
    }

    private StreamEvent retold(StreamEvent event) {
        if (event.is(StreamEvent.MESSAGE_START)) {
            var message = event.data().object("message").orElse(JsonObject.EMPTY);
            return StreamEvent.of(event.data().with("message", retold(message)));
        }
        return event.is(StreamEvent.MESSAGE_DELTA)
                ? StreamEvent.of(CacheUsage.read(event.data(), answer.promptTokens()))
                : event;
    }

    private JsonObject retold(JsonObject message) {
        return CacheUsage.read(message.with("id", id), answer.promptTokens());
    }

    private static void awaitRoom(EventSink sink) throws InterruptedException {
        while (sink.isFull()) {
            var writable = new CountDownLatch(1);
            sink.whenWritable(writable::countDown);
            writable.await();
        }
    }

    /** Nothing is open. */
    @Override
    public void close() {}
}
