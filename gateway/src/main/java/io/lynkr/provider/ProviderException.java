package io.lynkr.provider;

import io.lynkr.message.ApiError;
import io.lynkr.message.Headers;

import java.util.Optional;

/** A provider gave no answer, or broke off in the middle of one. */
public final class ProviderException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What happened, as far as retries, circuit breakers and metrics must tell it apart. */
    public enum Cause {
        /** No connection could be made: name, port, TLS. */
        UNREACHABLE,
        /** The connection broke before anything came back. */
        RESET,
        /** Nothing came in time. */
        TIMEOUT,
        /** The backend answered with an error status. */
        STATUS,
        /** The backend refused the gateway's own credentials. */
        CREDENTIALS,
        /** The backend answered something that is no answer. */
        GARBLED,
        /** The stream ended, stalled or failed after it had begun. */
        CUT,
        /** The request cannot be said in this backend's dialect. */
        UNSUPPORTED
    }

    private final transient Cause what;
    private final transient ApiError error;
    private final transient Headers headers;
    private final transient Optional<byte[]> body;

    public ProviderException(Cause what, ApiError error) {
        this(what, error, Headers.NONE, Optional.empty());
    }

    /**
     * @param error what the client is told
     * @param headers response headers that concern the client, such as {@code retry-after}
     * @param body the upstream's own error body, if it has the Messages API's shape and must travel
     *     on unmodified
     */
    public ProviderException(Cause what, ApiError error, Headers headers, Optional<byte[]> body) {
        super(error.message());
        this.what = what;
        this.error = error;
        this.headers = headers;
        this.body = body;
    }

    public Cause what() {
        return what;
    }

    public ApiError error() {
        return error;
    }

    public Headers headers() {
        return headers;
    }

    public Optional<byte[]> body() {
        return body;
    }
}
