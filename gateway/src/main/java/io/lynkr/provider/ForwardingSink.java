package io.lynkr.provider;

import io.lynkr.message.StreamEvent;

/** Hands everything on; who wants to see or change events does so in {@link #event}. */
public abstract class ForwardingSink implements EventSink {
    private final EventSink next;

    protected ForwardingSink(EventSink next) {
        this.next = next;
    }

    @Override
    public void event(StreamEvent event) {
        next.event(event);
    }

    @Override
    public final void flush() {
        next.flush();
    }

    @Override
    public final boolean isFull() {
        return next.isFull();
    }

    @Override
    public final void whenWritable(Runnable action) {
        next.whenWritable(action);
    }
}
