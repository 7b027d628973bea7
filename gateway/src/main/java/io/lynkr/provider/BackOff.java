package io.lynkr.provider;

import io.lynkr.message.Headers;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Tells clients when to come back, or that there is no use in it. */
final class BackOff {
    static final String RETRY_AFTER = "retry-after";

    static final Headers NO_RETRY = Headers.of("x-should-retry", "false");

    /** Claude Code gives up at once if it is told to wait longer. */
    private static final long MOST_SECONDS = 60;

    private static final double SPREAD = 0.2;

    private BackOff() {}

    /**
     * At least this long and at most a minute; a little of it is random, so that not all come back
     * in the same second.
     */
    static Headers after(Duration wait, DoubleSupplier random) {
        double seconds = Math.ceil(wait.toMillis() / 1_000.0);
        double more = random.getAsDouble() * (1 + seconds * SPREAD);
        return Headers.of(
                RETRY_AFTER, Long.toString(Math.clamp((long) (seconds + more), 1, MOST_SECONDS)));
    }
}
