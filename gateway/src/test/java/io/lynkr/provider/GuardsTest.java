package io.lynkr.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lynkr.message.ApiError;
import io.lynkr.message.Headers;
import io.lynkr.provider.ProviderException.Cause;
import io.lynkr.resilience.Circuit;
import io.lynkr.resilience.CircuitSnapshot;
import io.lynkr.testing.FakeProvider;
import io.lynkr.testing.VirtualTime;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class GuardsTest {
    private static final Duration LONG = Duration.ofMinutes(30);

    private final GuardsOnTrial trial = new GuardsOnTrial();
    private final List<ProviderException> failures = new ArrayList<>();

    @Test
    void hidesAPassingFailure() throws Exception {
        trial.upstream.thenFail(status(503)).thenFail(status(500)).thenAnswer();

        assertThat(trial.ask()).isInstanceOf(Reply.Whole.class);

        assertThat(trial.heard).containsExactly("retry 1 after 500 ms", "retry 2 after 1000 ms");
    }

    @Test
    void triesAgainAtOnceAfterAResetAndWaitsAfterTheNext() throws Exception {
        var reset = failure(Cause.RESET, 502);
        trial.upstream.thenFail(reset).thenFail(reset).thenAnswer();

        trial.ask();

        assertThat(trial.heard).containsExactly("retry 1 after 0 ms", "retry 2 after 1000 ms");
    }

    @Test
    void waitsAtLeastAsLongAsTheBackendAsks() throws Exception {
        trial.upstream.thenFail(status(503, "7")).thenAnswer();

        trial.ask();

        assertThat(trial.heard).containsExactly("retry 1 after 7500 ms");
    }

    @Test
    void understandsADateToComeBackAt() throws Exception {
        trial.upstream.thenFail(status(503, "Mon, 23 Nov 2026 10:00:09 GMT")).thenAnswer();

        trial.ask();

        assertThat(trial.heard).containsExactly("retry 1 after 9500 ms");
    }

    @Test
    void neverWaitsPastTheDeadline() throws InterruptedException {
        trial.upstream.alwaysFail(status(500));

        assertThatThrownBy(() -> trial.provider.send(trial.call("m", Duration.ofMillis(1_400))))
                .isInstanceOf(ProviderException.class);

        assertThat(trial.upstream.calls()).as("500 ms fit, another 1000 ms do not").hasSize(2);
    }

    @Test
    void doesNotBeginATryThatTheClientWillNotWaitFor() throws InterruptedException {
        trial.upstream.always(
                _ -> {
                    trial.time.sleep(Duration.ofSeconds(70));
                    throw status(500);
                });

        trial.failure();

        assertThat(trial.upstream.calls()).as("two minutes after the first").hasSize(2);
    }

    @Test
    void doesNotCountACallThatHadNoTimeAgainstTheBackend() throws InterruptedException {
        assertThatThrownBy(() -> trial.provider.send(trial.call("m", Duration.ZERO)))
                .hasMessageContaining("no time was left");

        assertThat(trial.upstream.calls()).isEmpty();
        assertThat(trial.circuit().failureCount()).isZero();
    }

    @Test
    void doesNotRetryWhenRetriesAreOff() throws InterruptedException {
        var off = new GuardsOnTrial(0, 50);
        off.upstream.alwaysFail(status(500));

        var failure = off.failure();

        assertThat(off.upstream.calls()).hasSize(1);
        assertThat(failure.headers().has("x-should-retry"))
                .as("nothing was tried in vain, the client may")
                .isFalse();
    }

    @Test
    void stopsRetryingWhenTheBudgetIsSpent() throws InterruptedException {
        trial.upstream.alwaysFail(status(408));

        for (int i = 0; i < 1_000; i++) {
            askInItsOwnTime();
        }
        trial.time.run();

        assertThat(trial.upstream.calls()).hasSizeBetween(1_200, 1_222);
    }

    @Test
    void stopsRetryingWhenTheClientLeaves() {
        trial.upstream.alwaysFail(status(500));
        var task = askInItsOwnTime();
        trial.time.after(Duration.ofMillis(200), task::interrupt);

        trial.time.run();

        assertThat(trial.upstream.calls()).hasSize(1);
        assertThat(trial.room().held()).isZero();
    }

    @Test
    void opensAfterFiveFailuresAndAnswersWithoutAsking() throws InterruptedException {
        trial.upstream.alwaysFail(status(500));
        trial.failure();

        var failure = trial.failure();

        assertThat(trial.upstream.calls()).hasSize(5);
        assertThat(failure.what()).isEqualTo(Cause.CIRCUIT_OPEN);
        assertThat(failure.error().status()).isEqualTo(503);
        assertThat(failure.error().type()).isEqualTo("overloaded_error");
        assertThat(retryAfter(failure)).isBetween(58, 60);
        assertThat(failure.headers().has("x-should-retry")).isFalse();
        assertThat(trial.heard).contains("fake/m CLOSED -> OPEN");
    }

    @Test
    void tellsAnOpenCircuitsRemainingTimeAndALittleMore() throws Exception {
        openCircuit();
        trial.time.advance(Duration.ofSeconds(40));

        var failure = trial.failure();

        assertThat(retryAfter(failure)).isBetween(20, 25);
        assertThat(trial.upstream.calls()).hasSize(5);
    }

    @Test
    void keepsModelsApart() throws Exception {
        openCircuit();

        if (trial.provider.send(trial.call("other", LONG))
                instanceof Reply.Streamed(_, var events)) {
            events.close();
        }

        var models = trial.circuits().models();
        assertThat(models.keySet()).containsExactly("m", "other");
        assertThat(models.values().stream().map(CircuitSnapshot::state))
                .containsExactly(Circuit.OPEN, Circuit.CLOSED);
        assertThat(trial.circuit().state()).as("overall").isEqualTo(Circuit.OPEN);
    }

    @Test
    void closesAgainWhenTheBackendIsBack() throws Exception {
        openCircuit();
        trial.upstream.always(FakeProvider.streaming(_ -> {}));
        trial.time.advance(Duration.ofSeconds(60));

        trial.askAndRead();
        trial.askAndRead();

        assertThat(trial.circuit().state()).isEqualTo(Circuit.CLOSED);
    }

    @Test
    void showsAProviderThatNobodyAskedYet() {
        assertThat(trial.circuit().state()).isEqualTo(Circuit.CLOSED);
        assertThat(trial.guards.circuits()).containsOnlyKeys("fake");
    }

    @Test
    void obeysTheOperator() throws Exception {
        trial.guards.openCircuit("fake", "m");
        assertThat(trial.failure().what()).isEqualTo(Cause.CIRCUIT_OPEN);

        trial.guards.closeCircuit("fake", "m");

        assertThat(trial.ask()).isInstanceOf(Reply.Whole.class);
    }

    @Test
    void opensAfterFiveCutStreams() throws InterruptedException {
        trial.upstream.always(
                FakeProvider.streaming(
                        _ -> {
                            throw failure(Cause.CUT, 502);
                        }));

        for (int i = 0; i < 5; i++) {
            assertThat(trial.failure().what()).isEqualTo(Cause.CUT);
        }

        assertThat(trial.failure().what()).isEqualTo(Cause.CIRCUIT_OPEN);
        assertThat(trial.upstream.calls()).hasSize(5);
    }

    @Test
    void neverCountsClientsThatLeave() {
        trial.upstream.always(
                FakeProvider.streaming(_ -> trial.time.sleep(Duration.ofSeconds(100))));
        for (int i = 0; i < 20; i++) {
            var task = askInItsOwnTime();
            trial.time.after(Duration.ofSeconds(i + 1), task::interrupt);
        }

        trial.time.run();

        assertThat(trial.circuit().state()).isEqualTo(Circuit.CLOSED);
        assertThat(trial.circuit().failureCount()).isZero();
        assertThat(trial.room().held()).isZero();
    }

    @Test
    void givesAPlaceBackWhenAStreamIsClosedUnread() throws Exception {
        trial.upstream.always(FakeProvider.streaming(_ -> {}));
        if (trial.ask() instanceof Reply.Streamed(_, var events)) {
            assertThat(trial.room().held()).isOne();

            events.close();
        }

        assertThat(trial.room().held()).isZero();
    }

    @Test
    void passesTheNextProbeWhenAnUndecidedOneEnds() throws Exception {
        openCircuit();
        trial.time.advance(Duration.ofSeconds(60));
        trial.upstream.thenFail(status(400)).thenAnswer();

        assertThat(trial.failure().error().status()).isEqualTo(400);
        assertThat(trial.circuit().state()).isEqualTo(Circuit.HALF_OPEN);
        trial.askAndRead();

        assertThat(trial.upstream.calls()).hasSize(7);
    }

    @Test
    void leavesAThrottledModelAloneForAsLongAsItAsked() throws Exception {
        trial.upstream.thenFail(status(429, "30"));
        trial.failure();
        trial.time.advance(Duration.ofSeconds(10));

        var failure = trial.failure();

        assertThat(failure.what()).isEqualTo(Cause.COOLING_DOWN);
        assertThat(failure.error().status()).isEqualTo(429);
        assertThat(failure.error().type()).isEqualTo("rate_limit_error");
        assertThat(retryAfter(failure)).isBetween(20, 25);
        assertThat(trial.upstream.calls()).hasSize(1);
        trial.time.advance(Duration.ofSeconds(20));
        assertThat(trial.ask()).isInstanceOf(Reply.Whole.class);
    }

    @Test
    void asksAThrottledBackendAgainAfterAMinuteWhateverItSaid() throws Exception {
        trial.upstream.thenFail(status(429, "604800"));
        trial.failure();

        trial.time.advance(Duration.ofMinutes(1));

        assertThat(trial.ask()).isInstanceOf(Reply.Whole.class);
    }

    @Test
    void waitsOutAShortCoolDownThatAnotherCallCaused() throws Exception {
        trial.upstream.thenFail(status(429, "3")).thenAnswer().thenAnswer();
        var answered = new ArrayList<Long>();
        for (int i = 0; i < 2; i++) {
            trial.time.start(
                    Duration.ofMillis(i * 100L),
                    () -> {
                        trial.askAndRead();
                        answered.add(trial.time.elapsed().toMillis());
                    });
        }

        trial.time.run();

        assertThat(trial.upstream.calls()).hasSize(3);
        assertThat(answered).hasSize(2).allMatch(at -> at >= 3_000 && at < 6_000);
    }

    @Test
    void bearsFewerCallsAfterARefusal() throws InterruptedException {
        assertThat(trial.room().limit()).isEqualTo(50);
        trial.upstream.alwaysFail(status(529));

        trial.failure();

        assertThat(trial.room().limit()).isLessThan(10);
    }

    @Test
    void letsCallsWaitForAPlaceAndThenTellsThemToComeBack() {
        var small = new GuardsOnTrial(3, 1);
        small.upstream.always(
                FakeProvider.streaming(_ -> small.time.sleep(Duration.ofMillis(1_500))));
        for (int i = 0; i < 3; i++) {
            small.time.start(
                    Duration.ofMillis(i),
                    () -> {
                        try {
                            small.askAndRead();
                        } catch (ProviderException failure) {
                            failures.add(failure);
                        }
                    });
        }

        small.time.run();

        assertThat(small.upstream.calls()).hasSize(2);
        assertThat(failures).hasSize(1);
        assertThat(failures.getFirst().what()).isEqualTo(Cause.NO_PLACE);
        assertThat(failures.getFirst().error().status()).isEqualTo(503);
        assertThat(retryAfter(failures.getFirst())).isBetween(2, 3);
        assertThat(small.circuit().failureCount()).as("our own trouble").isZero();
    }

    @Test
    void doesNotCountTokensWhileTheCircuitIsOpen() throws Exception {
        assertThat(trial.provider.countTokens(trial.call("m", LONG))).hasValue(42);
        openCircuit();

        assertThatThrownBy(() -> trial.provider.countTokens(trial.call("m", LONG)))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("circuit breaker");
    }

    @Test
    void remembersNoMoreModelsThanItNeeds() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            trial.provider.send(trial.call("made-up-" + i, LONG));
        }

        assertThat(trial.circuits().models()).hasSize(200);
    }

    @Test
    void countsNothingForACallThatFailsInsideTheGateway() {
        trial.upstream.always(
                _ -> {
                    throw new IllegalStateException("a bug");
                });

        for (int i = 0; i < 60; i++) {
            assertThatThrownBy(trial::ask).isInstanceOf(IllegalStateException.class);
        }

        assertThat(trial.circuit().failureCount()).isZero();
        assertThat(trial.room().held()).isZero();
    }

    private void openCircuit() throws InterruptedException {
        trial.upstream.alwaysFail(status(500));
        trial.failure();
        trial.failure();
        trial.upstream.always(FakeProvider.streaming(_ -> {}));
        assertThat(trial.circuit().state()).isEqualTo(Circuit.OPEN);
    }

    /** Asks in a task of its own; a failure is what was expected. */
    private VirtualTime.Task askInItsOwnTime() {
        return trial.time.start(
                Duration.ZERO,
                () -> {
                    try {
                        trial.askAndRead();
                    } catch (ProviderException expected) {
                        failures.add(expected);
                    }
                });
    }

    private static int retryAfter(ProviderException failure) {
        return failure.headers().first("retry-after").map(Integer::parseInt).orElse(-1);
    }

    private static ProviderException status(int status) {
        return failure(Cause.STATUS, status);
    }

    private static ProviderException status(int status, String retryAfter) {
        return new ProviderException(
                Cause.STATUS,
                ApiError.api(status, "the backend says so"),
                Headers.of("retry-after", retryAfter),
                Optional.empty());
    }

    private static ProviderException failure(Cause cause, int status) {
        return new ProviderException(cause, ApiError.api(status, "the backend says so"));
    }
}
