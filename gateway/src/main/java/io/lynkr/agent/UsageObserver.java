package io.lynkr.agent;

import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.message.StreamEvent;
import io.lynkr.message.Usage;
import io.lynkr.provider.EventSink;

/** Reads the token counts off the events that pass; looks only at the two kinds that carry them. */
final class UsageObserver implements EventSink {
    private final EventSink next;
    private Usage usage = Usage.NONE;

    UsageObserver(EventSink next) {
        this.next = next;
    }

    /** What was counted so far; call it when the stream is over. */
    Usage usage() {
        return usage;
    }

    /** Takes the counts of a whole message. */
    void saw(JsonObject message) {
        message.object("usage").ifPresent(counts -> usage = usage.updatedBy(counts));
    }

    @Override
    public void event(StreamEvent event) {
        if (event.is(StreamEvent.MESSAGE_START) || event.is(StreamEvent.MESSAGE_DELTA)) {
            observe(event);
        }
        next.event(event);
    }

    private void observe(StreamEvent event) {
        try {
            var data = event.data();
            saw(data.object("message").orElse(data));
        } catch (JsonException unreadable) {
            // The event travels on as it came; it only tells us nothing.
            return;
        }
    }

    @Override
    public void flush() {
        next.flush();
    }

    @Override
    public boolean isFull() {
        return next.isFull();
    }

    @Override
    public void whenWritable(Runnable action) {
        next.whenWritable(action);
    }
}
