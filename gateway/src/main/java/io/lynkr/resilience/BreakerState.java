package io.lynkr.resilience;

import java.time.Duration;

/**
 * What a circuit breaker is at a moment. The methods of a state are the ways out of it:
 *
 * <pre>
 *              failures in a row, or most of many
 *   Closed ──────────────────────────────────────────► Open ◄──────┐
 *     ▲                                                  │ timeout   │
 *     │                                                  ▼           │ a failure
 *     └────────────────────────────────────────────── HalfOpen ─────┘
 *              enough successes                    one probe at a time
 *
 *   any state ── forceOpen ──► ForcedOpen,  any state ── reset ──► Closed     (by an operator)
 * </pre>
 */
sealed interface BreakerState {

    /** Calls go through. */
    record Closed() implements BreakerState {
        Open open(long nowNanos, Duration timeout) {
            return new Open(nowNanos + timeout.toNanos());
        }
    }

    /** Calls are refused until a time. */
    record Open(long untilNanos) implements BreakerState {
        Duration remaining(long nowNanos) {
            return Duration.ofNanos(Math.max(0, untilNanos - nowNanos));
        }

        HalfOpen tryAgain() {
            return new HalfOpen(0, HalfOpen.NO_PROBE, 0);
        }
    }

    /**
     * One call at a time goes through to see whether the backend is back.
     *
     * @param successes of probes so far
     * @param probe the number of the probe under way
     * @param leaseNanos until when that probe keeps others out
     */
    record HalfOpen(int successes, long probe, long leaseNanos) implements BreakerState {
        static final long NO_PROBE = 0;

        boolean hasRoom(long nowNanos) {
            return probe == NO_PROBE || leaseNanos - nowNanos <= 0;
        }

        HalfOpen probing(long number, long untilNanos) {
            return new HalfOpen(successes, number, untilNanos);
        }

        /** That probe ended without a verdict. */
        HalfOpen without(long number) {
            return probe == number ? new HalfOpen(successes, NO_PROBE, 0) : this;
        }

        BreakerState succeeded(long number, int enough) {
            return successes + 1 >= enough
                    ? new Closed()
                    : new HalfOpen(successes + 1, probe, leaseNanos).without(number);
        }

        Open failed(long nowNanos, Duration timeout) {
            return new Open(nowNanos + timeout.toNanos());
        }
    }

    /** Calls are refused until an operator says otherwise. */
    record ForcedOpen() implements BreakerState {}
}
