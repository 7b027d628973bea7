package io.lynkr.resilience;

import java.util.OptionalDouble;

/**
 * Judges how full the memory is, in steps: first what is dear only in comfort goes, then large
 * bodies, then new work, then the youngest of what runs.
 *
 * @param heapThreshold the share of the heap that may stay in use after a collection
 * @param containerThreshold the share of the container's memory that may be in use
 */
public record MemoryPressure(double heapThreshold, double containerThreshold) {
    private static final double DROP_CACHES_BEFORE = 0.10;
    private static final double REFUSE_LARGE_BEFORE = 0.05;
    private static final double CUT_YOUNGEST_AFTER = 0.05;

    /** What to do without; each step includes those before it. */
    public enum Step {
        CALM,
        DROP_CACHES,
        REFUSE_LARGE,
        REFUSE_NEW,
        CUT_YOUNGEST
    }

    /**
     * How full the memory is, from 0 to 1; empty where nobody can say.
     *
     * @param heap what the collector could not free, of the largest heap there may be
     * @param container what the process group uses, of what it is allowed
     */
    public record Reading(OptionalDouble heap, OptionalDouble container) {
        public static final Reading UNKNOWN =
                new Reading(OptionalDouble.empty(), OptionalDouble.empty());
    }

    public MemoryPressure {
        if (!isShare(heapThreshold) || !isShare(containerThreshold)) {
            throw new IllegalArgumentException(
                    "thresholds must be above 0 and at most 1, but are %s and %s"
                            .formatted(heapThreshold, containerThreshold));
        }
    }

    public Step of(Reading reading) {
        var heap = step(reading.heap(), heapThreshold);
        var container = step(reading.container(), containerThreshold);
        return heap.compareTo(container) > 0 ? heap : container;
    }

    private static Step step(OptionalDouble reading, double threshold) {
        if (reading.isEmpty()) {
            return Step.CALM;
        }
        double used = reading.getAsDouble();
        if (used >= threshold + Math.min(CUT_YOUNGEST_AFTER, (1 - threshold) / 2)) {
            return Step.CUT_YOUNGEST;
        }
        if (used >= threshold) {
            return Step.REFUSE_NEW;
        }
        if (used >= threshold - REFUSE_LARGE_BEFORE) {
            return Step.REFUSE_LARGE;
        }
        return used >= threshold - DROP_CACHES_BEFORE ? Step.DROP_CACHES : Step.CALM;
    }

    private static boolean isShare(double threshold) {
        return threshold > 0 && threshold <= 1;
    }
}
