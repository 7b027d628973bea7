package io.lynkr.agent;

import io.lynkr.message.ApiError;
import io.lynkr.message.Headers;
import io.lynkr.provider.EventSink;

import java.util.Optional;

/**
 * Where a turn's answer goes. Exactly one of {@link #whole}, {@link #end} and {@link #fail} closes
 * it; only the sink knows whether a failure becomes an HTTP status or an event.
 */
public interface ReplySink extends EventSink {

    /** The answer begins as a stream of events. */
    void begin(Headers headers);

    /** The events are complete. */
    void end();

    /** The answer is here all at once, as a message in JSON. */
    void whole(Headers headers, byte[] message);

    /**
     * There is no answer, or not all of it.
     *
     * @param headers headers that concern the client, such as {@code retry-after}
     * @param body an error body in the API's shape that must travel on unmodified
     */
    void fail(ApiError error, Headers headers, Optional<byte[]> body);
}
