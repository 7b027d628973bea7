package io.lynkr.provider;

import io.lynkr.message.StreamEvent;

import java.util.function.Consumer;

/** Turns the bytes of one streamed answer into Messages events. Used by one thread at a time. */
public interface StreamTranslator {

    /**
     * Takes the next bytes, however the network cut them, and emits the events that are certain by
     * now; an event is valid until the consumer returns.
     *
     * @throws ProviderException if the stream says that it failed, or is no answer
     */
    void feed(byte[] bytes, int from, int to, Consumer<StreamEvent> events)
            throws ProviderException;

    /**
     * The upstream closed the stream: emits what is still owed.
     *
     * @throws ProviderException with cause {@code CUT} if the answer is not complete
     */
    void end(Consumer<StreamEvent> events) throws ProviderException;

    /** Whether the answer is complete, so that nothing more needs to be read. */
    boolean isComplete();

    /**
     * Whether the upstream said why it stopped, so that {@link #end} would complete the answer.
     * More may still come, such as the counts of tokens, but need not.
     */
    default boolean isFinished() {
        return isComplete();
    }
}
