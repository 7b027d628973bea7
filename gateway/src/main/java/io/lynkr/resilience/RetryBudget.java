package io.lynkr.resilience;

import java.util.function.LongSupplier;

/**
 * What retries may cost: a fifth of the first tries, and a few per second besides, so that an
 * outage is not multiplied by all who meet it. Safe for many threads.
 */
public final class RetryBudget {
    /** In thousandths, since fifths do not add up in floating point. */
    private static final long ONE_RETRY = 1_000;

    private static final long PER_FIRST_TRY = ONE_RETRY / 5;
    private static final long MOST = 20 * ONE_RETRY;

    /** Three retries per second. */
    private static final long NANOS_PER_THOUSANDTH = 333_333;

    private final LongSupplier nanoTime;

    // Guarded by this.
    private long saved = MOST;
    private long filledAt;

    public RetryBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.filledAt = nanoTime.getAsLong();
    }

    /** A request is tried for the first time. */
    public synchronized void firstTry() {
        fill();
        saved = Math.min(MOST, saved + PER_FIRST_TRY);
    }

    /** Takes what one retry costs; false if too little is left. */
    public synchronized boolean tryRetry() {
        fill();
        if (saved < ONE_RETRY) {
            return false;
        }
        saved -= ONE_RETRY;
        return true;
    }

    private void fill() {
        long more = (nanoTime.getAsLong() - filledAt) / NANOS_PER_THOUSANDTH;
        saved = Math.min(MOST, saved + more);
        filledAt += more * NANOS_PER_THOUSANDTH;
    }
}
