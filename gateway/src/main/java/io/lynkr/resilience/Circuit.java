package io.lynkr.resilience;

/** The three words that people and dashboards know a circuit breaker's state by. */
public enum Circuit {
    CLOSED,
    OPEN,
    HALF_OPEN
}
