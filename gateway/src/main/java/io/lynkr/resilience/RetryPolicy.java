package io.lynkr.resilience;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How often and how patiently something is tried again.
 *
 * @param maxRetries tries besides the first
 * @param initialDelay the most to wait before the first retry; doubles from one to the next
 * @param maxDelay the most to wait before any
 */
public record RetryPolicy(int maxRetries, Duration initialDelay, Duration maxDelay) {
    private static final int LARGEST_SHIFT = 30;

    public RetryPolicy {
        if (maxRetries < 0) {
            throw new IllegalArgumentException(
                    "maxRetries must be 0 or more, but is " + maxRetries);
        }
    }

    /**
     * A random time up to the bound ("full jitter"), so that callers that failed together do not
     * come back together.
     *
     * @param retry 1 for the first
     * @param random gives numbers from 0 to 1
     */
    public Duration delayBefore(int retry, DoubleSupplier random) {
        return Duration.ofNanos((long) (bound(retry).toNanos() * random.getAsDouble()));
    }

    private Duration bound(int retry) {
        var doubled = initialDelay.multipliedBy(1L << Math.min(retry - 1, LARGEST_SHIFT));
        return doubled.compareTo(maxDelay) < 0 ? doubled : maxDelay;
    }
}
