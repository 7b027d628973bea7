package io.lynkr.resilience;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A time during which something should be left alone because it asked for that. Thread-safe. */
public final class Cooldown {
    private final LongSupplier nanoTime;
    private final AtomicLong endNanos;

    public Cooldown(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.endNanos = new AtomicLong(nanoTime.getAsLong());
    }

    /** Lasts at least this long from now; never shortens what was asked for before. */
    public void extend(Duration duration) {
        long end = nanoTime.getAsLong() + duration.toNanos();
        endNanos.accumulateAndGet(end, (known, other) -> other - known > 0 ? other : known);
    }

    /** What is left; zero if it is over. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, endNanos.get() - nanoTime.getAsLong()));
    }
}
