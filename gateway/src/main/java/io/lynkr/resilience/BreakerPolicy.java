package io.lynkr.resilience;

import java.time.Duration;

/**
 * When a circuit breaker opens and closes.
 *
 * @param failureThreshold failures in a row that open it
 * @param successThreshold successes that close it while it is half-open
 * @param timeout how long it stays open before it lets a call through to try
 */
public record BreakerPolicy(int failureThreshold, int successThreshold, Duration timeout) {
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(10);

    public BreakerPolicy {
        if (failureThreshold < 1 || successThreshold < 1) {
            throw new IllegalArgumentException(
                    "thresholds must be 1 or more, but are %d and %d"
                            .formatted(failureThreshold, successThreshold));
        }
    }

    /** How long one probe may keep others from trying; one that hangs longer counts as lost. */
    Duration probeLease() {
        return timeout.compareTo(SHORTEST_LEASE) > 0 ? timeout : SHORTEST_LEASE;
    }
}
