package io.lynkr.resilience;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many calls at once a backend seems to bear: one more for every second without a refusal,
 * three tenths less for a refusal. It goes by refusals and not by latency, since that follows the
 * length of prompts. Used under its owner's lock.
 */
public final class AdaptiveLimit {
    private static final int FLOOR = 4;
    private static final double KEPT = 0.7;
    private static final long WINDOW_NANOS = Duration.ofSeconds(1).toNanos();

    private final int ceiling;
    private final LongSupplier nanoTime;
    private int limit;
    private long quietSince;
    private long lastCut;

    /**
     * @param ceiling never more, whatever the backend bears; also where it begins, so that nobody
     *     is kept waiting for a backend that never refused
     */
    public AdaptiveLimit(int ceiling, LongSupplier nanoTime) {
        if (ceiling < 1) {
            throw new IllegalArgumentException("the ceiling must be 1 or more, but is " + ceiling);
        }
        this.ceiling = ceiling;
        this.nanoTime = nanoTime;
        this.limit = ceiling;
        this.quietSince = nanoTime.getAsLong();
        this.lastCut = quietSince;
    }

    public int current() {
        long windows = (nanoTime.getAsLong() - quietSince) / WINDOW_NANOS;
        limit = (int) Math.min(ceiling, limit + windows);
        quietSince += windows * WINDOW_NANOS;
        return limit;
    }

    /**
     * The backend refused a call, or did not answer in time. Refusals of calls that were made
     * before the limit was last cut belong to the same overload and do not cut it again.
     *
     * @param callMadeAt on the monotonic clock
     * @param held calls that were under way, this one included
     */
    public void refused(long callMadeAt, int held) {
        int before = current();
        long now = nanoTime.getAsLong();
        quietSince = now;
        if (callMadeAt - lastCut >= 0) {
            lastCut = now;
            limit = Math.max(Math.min(FLOOR, ceiling), (int) (Math.min(before, held) * KEPT));
        }
    }
}
