package io.lynkr.provider;

import io.lynkr.message.Headers;

import java.util.Optional;

/** The answer to one HTTP request: a whole body, or a stream of which the first event has come. */
public interface UpstreamResponse extends AutoCloseable {

    int status();

    Headers headers();

    /** The events, if the answer is a stream that the request's translator understands. */
    Optional<EventStream> events();

    /**
     * The whole body; empty for a stream.
     *
     * @param limit the most bytes that the caller takes
     * @throws ProviderException if it is larger
     */
    byte[] body(int limit) throws ProviderException;

    /** Gives the connection back if the answer was read to its end, and ends it otherwise. */
    @Override
    void close();
}
