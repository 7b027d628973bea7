package io.lynkr.resilience;

import java.util.concurrent.TimeUnit;

/** The calls of the last ten seconds, in buckets of one. Used under its owner's lock. */
final class RecentCalls {
    private static final int SECONDS = 10;
    private static final int FEWEST_CALLS = 20;

    private final long[] seconds = new long[SECONDS];
    private final int[] calls = new int[SECONDS];
    private final int[] failures = new int[SECONDS];

    void add(boolean failed, long nowNanos) {
        int bucket = bucketOf(nowNanos);
        calls[bucket]++;
        if (failed) {
            failures[bucket]++;
        }
    }

    /** Whether at least half of a meaningful number failed. */
    boolean mostlyFailed(long nowNanos) {
        long now = second(nowNanos);
        int allCalls = 0;
        int allFailures = 0;
        for (int i = 0; i < SECONDS; i++) {
            if (now - seconds[i] < SECONDS) {
                allCalls += calls[i];
                allFailures += failures[i];
            }
        }
        return allCalls >= FEWEST_CALLS && 2 * allFailures >= allCalls;
    }

    void clear() {
        for (int i = 0; i < SECONDS; i++) {
            empty(i);
        }
    }

    /** The bucket of this second, emptied if it last served an earlier one. */
    private int bucketOf(long nowNanos) {
        long second = second(nowNanos);
        int bucket = Math.floorMod(second, SECONDS);
        if (seconds[bucket] != second) {
            seconds[bucket] = second;
            empty(bucket);
        }
        return bucket;
    }

    private void empty(int bucket) {
        calls[bucket] = 0;
        failures[bucket] = 0;
    }

    private static long second(long nanos) {
        return Math.floorDiv(nanos, TimeUnit.SECONDS.toNanos(1));
    }
}
