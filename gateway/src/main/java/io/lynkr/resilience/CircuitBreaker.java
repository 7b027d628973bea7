package io.lynkr.resilience;

import io.lynkr.resilience.BreakerState.Closed;
import io.lynkr.resilience.BreakerState.ForcedOpen;
import io.lynkr.resilience.BreakerState.HalfOpen;
import io.lynkr.resilience.BreakerState.Open;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Keeps callers from a backend that fails. It opens after enough counted failures in a row, or when
 * at least half of at least 20 calls in 10 s failed, so that a lucky answer now and then does not
 * hold it closed. Safe for many threads.
 *
 * <p>A call's outcome counts only if the breaker has not opened since the call was let through: how
 * a call from before an outage ends says nothing about the time after it.
 */
public final class CircuitBreaker {
    private static final Duration WHILE_PROBING = Duration.ofSeconds(1);

    private final BreakerPolicy policy;
    private final LongSupplier nanoTime;
    private final long origin;
    private final Clock clock;
    private final BiConsumer<Circuit, Circuit> onChange;

    // Guarded by this.
    private final RecentCalls recent = new RecentCalls();
    private BreakerState state = new Closed();
    private long period;
    private long probes;
    private int failuresInARow;
    private long successes;
    private long refusals;
    private Optional<Instant> lastFailure = Optional.empty();

    /** The answer to someone who wants to make a call. */
    public sealed interface Admission permits Permit, Refused {}

    /**
     * @param retryAfter when it makes sense to ask again
     */
    public record Refused(Duration retryAfter) implements Admission {}

    /**
     * @param nanoTime the monotonic clock, for durations
     * @param clock the wall clock, for the times in snapshots
     * @param onChange is told the old and the new state, after the fact
     */
    public CircuitBreaker(
            BreakerPolicy policy,
            LongSupplier nanoTime,
            Clock clock,
            BiConsumer<Circuit, Circuit> onChange) {
        this.policy = policy;
        this.nanoTime = nanoTime;
        this.origin = nanoTime.getAsLong();
        this.clock = clock;
        this.onChange = onChange;
    }

    /** Asks to make a call. A permit must be given back by one of its methods. */
    public Admission tryCall() {
        Circuit before;
        Circuit after;
        Admission answer;
        synchronized (this) {
            before = circuit();
            answer = admit(now());
            after = circuit();
        }
        tell(before, after);
        return answer;
    }

    private Admission admit(long now) {
        if (state instanceof Open open && open.remaining(now).isZero()) {
            state = open.tryAgain();
        }
        return switch (state) {
            case Closed() -> new Permit(period, HalfOpen.NO_PROBE);
            case Open open -> refused(open.remaining(now));
            case HalfOpen halfOpen when halfOpen.hasRoom(now) -> {
                probes++;
                state = halfOpen.probing(probes, now + policy.probeLease().toNanos());
                yield new Permit(period, probes);
            }
            case HalfOpen _ -> refused(WHILE_PROBING);
            case ForcedOpen() -> refused(policy.timeout());
        };
    }

    private Refused refused(Duration retryAfter) {
        refusals++;
        return new Refused(retryAfter);
    }

    /** Whether all calls go through. */
    public synchronized boolean isClosed() {
        return state instanceof Closed;
    }

    /** Refuses all calls until {@link #reset}. */
    public void forceOpen() {
        startAnew(new ForcedOpen());
    }

    /** Closes, and forgets what was counted. */
    public void reset() {
        startAnew(new Closed());
    }

    private void startAnew(BreakerState next) {
        Circuit before;
        Circuit after;
        synchronized (this) {
            before = circuit();
            startPeriod(next);
            failuresInARow = 0;
            after = circuit();
        }
        tell(before, after);
    }

    /** From here on, outcomes of calls that are under way no longer count. */
    private void startPeriod(BreakerState next) {
        period++;
        recent.clear();
        state = next;
    }

    public synchronized CircuitSnapshot snapshot() {
        return new CircuitSnapshot(
                circuit(), failuresInARow, successes, lastFailure, nextAttempt(), refusals);
    }

    private Optional<Instant> nextAttempt() {
        return state instanceof Open open
                ? Optional.of(clock.instant().plus(open.remaining(now())))
                : Optional.empty();
    }

    private Circuit circuit() {
        return switch (state) {
            case Closed() -> Circuit.CLOSED;
            case Open _, ForcedOpen() -> Circuit.OPEN;
            case HalfOpen _ -> Circuit.HALF_OPEN;
        };
    }

    /** Since the breaker was made, so that it never overflows. */
    private long now() {
        return nanoTime.getAsLong() - origin;
    }

    private void tell(Circuit before, Circuit after) {
        if (before != after) {
            onChange.accept(before, after);
        }
    }

    private void countSuccess(long probe) {
        successes++;
        failuresInARow = 0;
        switch (state) {
            case Closed() -> recent.add(false, now());
            case HalfOpen halfOpen -> state = halfOpen.succeeded(probe, policy.successThreshold());
            case Open _, ForcedOpen() -> {}
        }
    }

    private void countFailure() {
        long now = now();
        failuresInARow++;
        lastFailure = Optional.of(clock.instant());
        switch (state) {
            case Closed closed -> {
                recent.add(true, now);
                if (failuresInARow >= policy.failureThreshold() || recent.mostlyFailed(now)) {
                    startPeriod(closed.open(now, policy.timeout()));
                }
            }
            case HalfOpen halfOpen -> startPeriod(halfOpen.failed(now, policy.timeout()));
            case Open _, ForcedOpen() -> {}
        }
    }

    private void freeProbe(long probe) {
        if (state instanceof HalfOpen halfOpen) {
            state = halfOpen.without(probe);
        }
    }

    /** One call that was let through. The first verdict stands, later ones are ignored. */
    public final class Permit implements Admission, AutoCloseable {
        private final long ofPeriod;
        private final long probe;

        // Guarded by the breaker.
        private boolean answered;
        private boolean over;

        private Permit(long ofPeriod, long probe) {
            this.ofPeriod = ofPeriod;
            this.probe = probe;
        }

        /** The answer has begun: for a probe that is success enough, however long it will take. */
        public void answered() {
            settle(
                    () -> {
                        if (!answered && state instanceof HalfOpen) {
                            answered = true;
                            countSuccess(probe);
                        }
                    });
        }

        public void succeeded() {
            settle(
                    () -> {
                        over = true;
                        if (!answered) {
                            countSuccess(probe);
                        }
                    });
        }

        /** Failed in a way that speaks against the backend, perhaps after the answer had begun. */
        public void failed() {
            settle(
                    () -> {
                        over = true;
                        countFailure();
                    });
        }

        /** Ended in a way that says nothing about the backend. */
        @Override
        public void close() {
            settle(
                    () -> {
                        over = true;
                        freeProbe(probe);
                    });
        }

        private void settle(Runnable verdict) {
            Circuit before;
            Circuit after;
            synchronized (CircuitBreaker.this) {
                if (over || ofPeriod != period) {
                    return;
                }
                before = circuit();
                verdict.run();
                after = circuit();
            }
            tell(before, after);
        }
    }
}
