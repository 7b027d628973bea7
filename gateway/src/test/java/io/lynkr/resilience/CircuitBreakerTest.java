package io.lynkr.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.resilience.CircuitBreaker.Permit;
import io.lynkr.resilience.CircuitBreaker.Refused;
import io.lynkr.testing.VirtualTime;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class CircuitBreakerTest {
    private static final BreakerPolicy SEED = new BreakerPolicy(5, 2, Duration.ofSeconds(60));

    private final VirtualTime time = new VirtualTime();
    private final List<String> changes = new ArrayList<>();
    private final CircuitBreaker breaker =
            new CircuitBreaker(
                    SEED,
                    time.nanoTime(),
                    time.clock(),
                    (before, after) -> changes.add(before + " -> " + after));

    @Test
    void opensAfterTheFailuresInARowThatTheSettingSays() {
        failures(4);
        assertThat(breaker.isClosed()).isTrue();

        failures(1);

        assertThat(breaker.tryCall()).isEqualTo(new Refused(Duration.ofSeconds(60)));
        assertThat(changes).containsExactly("CLOSED -> OPEN");
    }

    @Test
    void beginsToCountAnewAfterASuccess() {
        failures(4);
        successes(1);
        failures(4);

        assertThat(breaker.isClosed()).isTrue();
    }

    @Test
    void opensWhenHalfOfManyFailEvenIfNeverManyInARow() {
        for (int i = 0; i < 9; i++) {
            failures(1);
            successes(1);
        }
        assertThat(breaker.isClosed()).as("18 calls are too few to judge").isTrue();

        successes(1);
        failures(1);

        assertThat(breaker.isClosed()).isFalse();
    }

    @Test
    void forgetsWhatIsTenSecondsOld() {
        for (int i = 0; i < 9; i++) {
            failures(1);
            successes(1);
        }

        time.advance(Duration.ofSeconds(10));
        successes(1);
        failures(1);

        assertThat(breaker.isClosed()).isTrue();
    }

    @Test
    void staysClosedWhileFewOfManyFail() {
        for (int i = 0; i < 1_000; i++) {
            time.advanceMillis(10);
            successes(2);
            failures(1);
        }

        assertThat(breaker.isClosed()).isTrue();
    }

    @Test
    void tellsWhatIsLeftOfTheTime() {
        failures(5);

        time.advance(Duration.ofSeconds(42));

        assertThat(breaker.tryCall()).isEqualTo(new Refused(Duration.ofSeconds(18)));
    }

    @Test
    void letsOneProbeThroughAtATime() {
        failures(5);
        time.advance(Duration.ofSeconds(60));

        var probe = permit();

        assertThat(breaker.tryCall()).isInstanceOf(Refused.class);
        probe.succeeded();
        assertThat(breaker.tryCall()).isInstanceOf(Permit.class);
        assertThat(breaker.tryCall()).isInstanceOf(Refused.class);
    }

    @Test
    void closesAfterTheSuccessesThatTheSettingSays() {
        failures(5);
        time.advance(Duration.ofSeconds(60));

        successes(1);
        assertThat(breaker.snapshot().state()).isEqualTo(Circuit.HALF_OPEN);
        successes(1);

        assertThat(breaker.isClosed()).isTrue();
        assertThat(changes)
                .containsExactly("CLOSED -> OPEN", "OPEN -> HALF_OPEN", "HALF_OPEN -> CLOSED");
    }

    @Test
    void opensAgainWhenAProbeFails() {
        failures(5);
        time.advance(Duration.ofSeconds(60));
        successes(1);

        failures(1);

        assertThat(breaker.tryCall()).isEqualTo(new Refused(Duration.ofSeconds(60)));
    }

    @Test
    void takesTheBeginningOfAProbesAnswerForASuccess() {
        failures(5);
        time.advance(Duration.ofSeconds(60));

        var first = permit();
        first.answered();
        var second = permit();
        second.answered();

        assertThat(breaker.isClosed()).isTrue();
        first.succeeded();
        second.succeeded();
        assertThat(breaker.snapshot().successCount()).isEqualTo(2);
    }

    @Test
    void opensAgainWhenAProbesStreamIsCut() {
        failures(5);
        time.advance(Duration.ofSeconds(60));
        var probe = permit();
        probe.answered();

        probe.failed();

        assertThat(breaker.snapshot().state()).isEqualTo(Circuit.OPEN);
    }

    @Test
    void countsStreamsOnceThatAreCutOneAfterTheOther() {
        for (int i = 0; i < 5; i++) {
            var permit = permit();
            permit.answered();
            permit.failed();
        }

        assertThat(breaker.snapshot().state()).isEqualTo(Circuit.OPEN);
        assertThat(breaker.snapshot().failureCount()).isEqualTo(5);
    }

    @Test
    void letsTheNextProbeGoWhenOneEndsWithoutAVerdict() {
        failures(5);
        time.advance(Duration.ofSeconds(60));

        permit().close();

        assertThat(breaker.tryCall()).isInstanceOf(Permit.class);
    }

    @Test
    void givesUpOnAProbeThatNeverReports() {
        failures(5);
        time.advance(Duration.ofSeconds(60));
        var lost = permit();

        time.advance(Duration.ofSeconds(59));
        assertThat(breaker.tryCall()).isInstanceOf(Refused.class);
        time.advance(Duration.ofSeconds(1));
        var second = permit();

        lost.close();
        assertThat(breaker.tryCall()).as("the place is the second's").isInstanceOf(Refused.class);
        second.succeeded();
        assertThat(breaker.tryCall()).isInstanceOf(Permit.class);
    }

    @Test
    void ignoresHowCallsFromBeforeTheOutageEnd() {
        var old = permit();
        var older = permit();
        failures(5);
        time.advance(Duration.ofSeconds(60));
        successes(1);

        old.failed();
        older.succeeded();

        assertThat(breaker.snapshot().state()).isEqualTo(Circuit.HALF_OPEN);
        successes(1);
        assertThat(breaker.isClosed()).isTrue();
    }

    @Test
    void ignoresASecondVerdict() {
        for (int i = 0; i < 5; i++) {
            var permit = permit();
            permit.succeeded();
            permit.failed();
        }

        assertThat(breaker.snapshot().failureCount()).isZero();
    }

    @Test
    void doesNotCountCallsWithoutAVerdict() {
        for (int i = 0; i < 100; i++) {
            permit().close();
        }

        assertThat(breaker.isClosed()).isTrue();
        assertThat(breaker.snapshot().successCount()).isZero();
    }

    @Test
    void staysOpenForAnOperatorUntilToldOtherwise() {
        breaker.forceOpen();
        time.advance(Duration.ofDays(1));
        assertThat(breaker.tryCall()).isInstanceOf(Refused.class);
        assertThat(breaker.snapshot().state()).isEqualTo(Circuit.OPEN);
        assertThat(breaker.snapshot().nextAttempt()).isEmpty();

        breaker.reset();

        assertThat(breaker.tryCall()).isInstanceOf(Permit.class);
        assertThat(changes).containsExactly("CLOSED -> OPEN", "OPEN -> CLOSED");
    }

    @Test
    void showsWhatTheDashboardWants() {
        successes(3);
        failures(5);
        var at = time.clock().instant();
        breaker.tryCall();

        var shown = breaker.snapshot();

        assertThat(shown.state()).isEqualTo(Circuit.OPEN);
        assertThat(shown.failureCount()).isEqualTo(5);
        assertThat(shown.successCount()).isEqualTo(3);
        assertThat(shown.refusedCount()).isEqualTo(1);
        assertThat(shown.lastFailure()).contains(at);
        assertThat(shown.nextAttempt()).contains(at.plusSeconds(60));
    }

    private void failures(int times) {
        for (int i = 0; i < times; i++) {
            permit().failed();
        }
    }

    private void successes(int times) {
        for (int i = 0; i < times; i++) {
            permit().succeeded();
        }
    }

    private Permit permit() {
        return (Permit) breaker.tryCall();
    }
}
