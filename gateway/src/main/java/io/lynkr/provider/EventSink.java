package io.lynkr.provider;

import io.lynkr.message.StreamEvent;

/** Where the events of an answer go. Called by one thread at a time, and must not block. */
public interface EventSink {

    /** Takes an event; it is valid only during the call. */
    void event(StreamEvent event);

    /** No more events for the moment: send on what was taken. */
    void flush();

    /** Whether the receiver is behind, so that no more should be read for now. */
    boolean isFull();

    /** Runs the action once when the sink is no longer full. */
    void whenWritable(Runnable action);
}
