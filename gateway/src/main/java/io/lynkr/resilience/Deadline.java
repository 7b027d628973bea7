package io.lynkr.resilience;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The instant by which something must be done, on the monotonic clock. */
public final class Deadline {
    private final LongSupplier nanoTime;
    private final long atNanos;

    private Deadline(LongSupplier nanoTime, long atNanos) {
        this.nanoTime = nanoTime;
        this.atNanos = atNanos;
    }

    public static Deadline after(Duration timeout) {
        return after(timeout, System::nanoTime);
    }

    /**
     * @param nanoTime the monotonic clock, in nanoseconds
     */
    public static Deadline after(Duration timeout, LongSupplier nanoTime) {
        return new Deadline(nanoTime, nanoTime.getAsLong() + timeout.toNanos());
    }

    /** What is left; never negative. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, atNanos - nanoTime.getAsLong()));
    }

    public boolean isOver() {
        return atNanos - nanoTime.getAsLong() <= 0;
    }

    /** The shorter of a timeout of its own and what is left. */
    public Duration atMost(Duration timeout) {
        var left = remaining();
        return timeout.compareTo(left) < 0 ? timeout : left;
    }
}
