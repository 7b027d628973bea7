package io.lynkr.observability;

import java.util.Locale;

/**
 * How a request ended. Every request ends in exactly one; its word stands in the log line, in the
 * metrics and on the dashboard.
 */
public enum Outcome {
    /** The answer came from the backend and is complete. */
    SERVED(Fault.NOBODY),
    /** The answer came from the response cache. */
    CACHED(Fault.NOBODY),

    /** The request was wrong, or its sender may not send it. */
    CLIENT_ERROR(Fault.CLIENT),
    /** The client left before the answer was complete. */
    CLIENT_CANCELLED(Fault.CLIENT),

    /** Refused because the gateway has enough to do. */
    SHED(Fault.LIMITS),
    /** Refused because a token budget or a rate limit is used up. */
    OVER_BUDGET(Fault.LIMITS),
    /** Refused by policy. */
    DENIED(Fault.LIMITS),

    /** The backend said that it has had too many requests. */
    UPSTREAM_THROTTLED(Fault.UPSTREAM),
    /** The backend did not answer in time. */
    UPSTREAM_TIMED_OUT(Fault.UPSTREAM),
    /** The backend cannot be reached, or says that it is overloaded. */
    UPSTREAM_UNAVAILABLE(Fault.UPSTREAM),
    /** The backend failed, or broke off, or refused the gateway's own credentials. */
    UPSTREAM_ERRORED(Fault.UPSTREAM),
    /** The backend has failed so often that it was not asked. */
    CIRCUIT_OPEN(Fault.UPSTREAM),

    /** The gateway itself failed. */
    INTERNAL(Fault.GATEWAY);

    /** Who would have to change something for the request to succeed. */
    public enum Fault {
        NOBODY,
        CLIENT,
        LIMITS,
        UPSTREAM,
        GATEWAY;

        /** As it stands in metrics. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Fault fault;
    private final String word = name().toLowerCase(Locale.ROOT);

    Outcome(Fault fault) {
        this.fault = fault;
    }

    /** As it stands in logs and metrics: {@code upstream_timed_out}. */
    public String word() {
        return word;
    }

    public Fault fault() {
        return fault;
    }

    /** Whether somebody was let down; a client that leaves was not. */
    public boolean isFailure() {
        return fault != Fault.NOBODY && this != CLIENT_CANCELLED;
    }

    /** What the status of an answer tells that the gateway made by itself. */
    public static Outcome ofStatus(int status) {
        if (status < 400) {
            return SERVED;
        }
        return switch (status) {
            case 402, 429 -> OVER_BUDGET;
            case 499 -> CLIENT_CANCELLED;
            case 503 -> SHED;
            default -> status < 500 ? CLIENT_ERROR : INTERNAL;
        };
    }
}
