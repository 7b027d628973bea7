package io.lynkr.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.resilience.CircuitBreaker.Permit;
import io.lynkr.testing.VirtualTime;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Any story, told to the breaker and to a model of it that remembers everything and works out each
 * answer from the whole history.
 */
class CircuitBreakerModelTest {
    private static final BreakerPolicy POLICY = new BreakerPolicy(3, 2, Duration.ofSeconds(12));

    /** One thing that happens; those about a call are about one of the calls made so far. */
    sealed interface Step {
        record Call() implements Step {}

        record Answered(int call) implements Step {}

        record Succeeded(int call) implements Step {}

        record Failed(int call) implements Step {}

        record Abandoned(int call) implements Step {}

        record Passed(int millis) implements Step {}

        record ForcedOpen() implements Step {}

        record Reset() implements Step {}
    }

    @Property(tries = 2_000)
    void doesWhatTheModelDoes(@ForAll("stories") List<Step> story) {
        var time = new VirtualTime();
        var breaker = new CircuitBreaker(POLICY, time.nanoTime(), time.clock(), (_, _) -> {});
        var model = new Model();
        var permits = new ArrayList<Permit>();

        for (var step : story) {
            if (step instanceof Step.Passed(var millis)) {
                time.advanceMillis(millis);
            } else if (step instanceof Step.Call) {
                boolean goes = breaker.tryCall() instanceof Permit permit && permits.add(permit);
                assertThat(goes).as("let through").isEqualTo(model.call());
            } else {
                tell(breaker, permits, step);
            }
            model.tell(step, permits.size());
            assertThat(breaker.snapshot().state()).as("after %s", step).isEqualTo(model.state());
        }
    }

    @Provide
    Arbitrary<List<Step>> stories() {
        var calls = Arbitraries.integers().between(0, 1_000);
        return Arbitraries.<Step>frequencyOf(
                        entry(12, Arbitraries.create(Step.Call::new)),
                        entry(2, calls.map(Step.Answered::new)),
                        entry(6, calls.map(Step.Succeeded::new)),
                        entry(7, calls.map(Step.Failed::new)),
                        entry(2, calls.map(Step.Abandoned::new)),
                        entry(3, Arbitraries.integers().between(1, 900).map(Step.Passed::new)),
                        entry(1, Arbitraries.of(1_000, 9_999, 12_000).map(Step.Passed::new)),
                        entry(1, Arbitraries.of(new Step.ForcedOpen(), new Step.Reset())))
                .list()
                .ofMaxSize(200);
    }

    private static Tuple2<Integer, Arbitrary<? extends Step>> entry(
            int weight, Arbitrary<? extends Step> steps) {
        return Tuple.of(weight, steps);
    }

    private static void tell(CircuitBreaker breaker, List<Permit> permits, Step step) {
        int count = permits.size();
        switch (step) {
            case Step.ForcedOpen() -> breaker.forceOpen();
            case Step.Reset() -> breaker.reset();
            case Step.Answered(int call) when count > 0 -> permits.get(call % count).answered();
            case Step.Succeeded(int call) when count > 0 -> permits.get(call % count).succeeded();
            case Step.Failed(int call) when count > 0 -> permits.get(call % count).failed();
            case Step.Abandoned(int call) when count > 0 -> permits.get(call % count).close();
            default -> {}
        }
    }

    /** Slow and simple. */
    private static final class Model {
        private final List<Made> calls = new ArrayList<>();
        private final List<Counted> counted = new ArrayList<>();
        private long now;
        private long openSince = -1;
        private boolean forced;
        private boolean trying;
        private int openings;

        private static final class Made {
            private final int afterOpenings;
            private final boolean probe;
            private final long at;
            private boolean answered;
            private boolean over;

            Made(int afterOpenings, boolean probe, long at) {
                this.afterOpenings = afterOpenings;
                this.probe = probe;
                this.at = at;
            }
        }

        private record Counted(boolean failed, boolean whileClosed, int afterOpenings, long at) {}

        Circuit state() {
            if (forced || openSince >= 0) {
                return Circuit.OPEN;
            }
            return trying ? Circuit.HALF_OPEN : Circuit.CLOSED;
        }

        boolean call() {
            if (forced) {
                return false;
            }
            if (openSince >= 0 && now - openSince >= 12_000) {
                openSince = -1;
                trying = true;
            }
            if (openSince >= 0 || (trying && calls.stream().anyMatch(this::isBeingTried))) {
                return false;
            }
            calls.add(new Made(openings, trying, now));
            return true;
        }

        private boolean isBeingTried(Made call) {
            return call.probe
                    && call.afterOpenings == openings
                    && !call.answered
                    && !call.over
                    && now - call.at < 12_000;
        }

        void tell(Step step, int count) {
            switch (step) {
                case Step.Call() -> {}
                case Step.Passed(int millis) -> now += millis;
                case Step.ForcedOpen() -> anew(true);
                case Step.Reset() -> anew(false);
                case Step.Answered(int call) when count > 0 -> answered(calls.get(call % count));
                case Step.Succeeded(int call) when count > 0 -> succeeded(calls.get(call % count));
                case Step.Failed(int call) when count > 0 -> failed(calls.get(call % count));
                case Step.Abandoned(int call) when count > 0 -> {
                    var made = calls.get(call % count);
                    made.over |= matters(made);
                }
                default -> {}
            }
        }

        private boolean matters(Made call) {
            return !call.over && call.afterOpenings == openings;
        }

        private void anew(boolean open) {
            forced = open;
            openSince = -1;
            trying = false;
            openings++;
            counted.clear();
        }

        private void answered(Made call) {
            if (matters(call) && trying && !call.answered) {
                call.answered = true;
                count(false);
            }
        }

        private void succeeded(Made call) {
            if (matters(call)) {
                call.over = true;
                if (!call.answered) {
                    count(false);
                }
            }
        }

        private void failed(Made call) {
            if (matters(call)) {
                call.over = true;
                count(true);
            }
        }

        private void count(boolean failed) {
            counted.add(new Counted(failed, !trying, openings, now));
            if (trying && !failed) {
                trying = successesWhileTrying() < 2;
            } else if (failed && (trying || failuresInARow() >= 3 || mostFailedOfLate())) {
                trying = false;
                openSince = now;
                openings++;
            }
        }

        private long successesWhileTrying() {
            return counted.stream()
                    .filter(call -> call.afterOpenings == openings && !call.whileClosed)
                    .count();
        }

        private long failuresInARow() {
            return counted.reversed().stream().takeWhile(Counted::failed).count();
        }

        private boolean mostFailedOfLate() {
            var late =
                    counted.stream()
                            .filter(call -> call.afterOpenings == openings && call.whileClosed)
                            .filter(call -> call.at / 1_000 > now / 1_000 - 10)
                            .toList();
            return late.size() >= 20
                    && 2 * late.stream().filter(Counted::failed).count() >= late.size();
        }
    }
}
