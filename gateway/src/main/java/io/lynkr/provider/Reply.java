package io.lynkr.provider;

/** What a provider answered: whole, or event by event. */
public sealed interface Reply {
    Served served();

    /**
     * @param body the message as JSON
     */
    record Whole(Served served, byte[] body) implements Reply {}

    record Streamed(Served served, EventStream events) implements Reply {}
}
