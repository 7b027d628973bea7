package io.lynkr.provider;

/** A streamed answer on its way. Closing it cancels what has not come yet. */
public interface EventStream extends AutoCloseable {

    /**
     * Hands every event to the sink as it comes, on the thread that owns the sockets, and returns
     * when the answer is complete. Stops reading from the upstream while the sink is full. May be
     * called once.
     *
     * @throws ProviderException if the answer breaks off; what was handed over stays handed over
     */
    void pushTo(EventSink sink) throws ProviderException, InterruptedException;

    @Override
    void close();
}
