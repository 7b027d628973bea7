package io.lynkr.resilience;

/**
 * The three words that people and dashboards know a circuit breaker's state by, from good to bad.
 */
public enum Circuit {
    CLOSED,
    HALF_OPEN,
    OPEN
}
