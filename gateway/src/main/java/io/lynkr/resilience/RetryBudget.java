package io.lynkr.resilience;

import java.util.function.LongSupplier;

/**
 * What retries may cost: a fifth of the first tries, and a few per second besides, so that an
 * outage is not multiplied by all who meet it. Safe for many threads.
 */
public final class RetryBudget {
    private static final double PER_FIRST_TRY = 0.2;
    private static final double PER_SECOND = 3;
    private static final double MOST = 20;
    private static final double NANOS_PER_SECOND = 1e9;

    private final LongSupplier nanoTime;

    // Guarded by this.
    private double tokens = MOST;
    private long filledAt;

    public RetryBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.filledAt = nanoTime.getAsLong();
    }

    /** A request is tried for the first time. */
    public synchronized void firstTry() {
        fill();
        tokens = Math.min(MOST, tokens + PER_FIRST_TRY);
    }

    /** Takes what one retry costs; false if too little is left. */
    public synchronized boolean tryRetry() {
        fill();
        if (tokens < 1) {
            return false;
        }
        tokens -= 1;
        return true;
    }

    private void fill() {
        long now = nanoTime.getAsLong();
        double more = (now - filledAt) / NANOS_PER_SECOND * PER_SECOND;
        tokens = Math.min(MOST, tokens + more);
        filledAt = now;
    }
}
