package io.lynkr.provider;

import io.lynkr.message.Headers;

/** The answer to one HTTP request: its head now, its body whole or as a stream. */
public interface UpstreamResponse extends AutoCloseable {

    int status();

    Headers headers();

    /**
     * Reads the whole body.
     *
     * @param limit the most bytes that are taken
     * @throws ProviderException if it breaks off, takes too long or is larger
     */
    byte[] body(int limit) throws ProviderException, InterruptedException;

    /**
     * Reads the body as a stream of events; returns when the first event is there.
     *
     * @throws ProviderException if the stream fails before its first event
     */
    EventStream events(StreamTranslator translator) throws ProviderException, InterruptedException;

    /** Gives the connection back if the body was read to its end, and ends it otherwise. */
    @Override
    void close();
}
