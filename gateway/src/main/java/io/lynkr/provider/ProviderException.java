package io.lynkr.provider;

import io.lynkr.message.ApiError;
import io.lynkr.message.Headers;

import java.util.Locale;
import java.util.Optional;

/** A provider gave no answer, or broke off in the middle of one. */
public final class ProviderException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What happened, as far as retries, circuit breakers and metrics must tell it apart. */
    public enum Cause {
        /** No connection could be made, in time: name, port, TLS. */
        UNREACHABLE,
        /** A connection could be made, but the backend's certificate is not to be trusted. */
        UNTRUSTED,
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
        /** The backend answered what it will answer again: a redirect, more than we take. */
        UNUSABLE,
        /** The stream ended, stalled or failed after it had begun. */
        CUT,
        /** The request cannot be said in this backend's dialect. */
        UNSUPPORTED,
        /** The gateway did not ask: the backend has failed too often of late. */
        CIRCUIT_OPEN,
        /** The gateway did not ask: the backend wants to be left alone for a while. */
        COOLING_DOWN,
        /** The gateway did not ask: as much is under way as the backend bears. */
        NO_PLACE
    }

    /** Nobody wanted the answer any more. */
    static final String CANCELLED = "cancelled";

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

    /** The same failure with more headers for the client. */
    public ProviderException with(Headers more) {
        return new ProviderException(what, error, headers.and(more), body);
    }

    public Cause what() {
        return what;
    }

    /** What happened in one word, as metrics label it: {@code reset}, {@code http_529}. */
    public String word() {
        int status = error.status();
        return switch (what) {
            case STATUS -> status >= 400 && status < 600 ? "http_" + status : "http_other";
            case CUT -> status == Failures.CLIENT_LEFT ? CANCELLED : "cut";
            default -> what.name().toLowerCase(Locale.ROOT);
        };
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
