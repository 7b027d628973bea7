package io.lynkr.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.VirtualTime;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class RetryBudgetTest {
    private final VirtualTime time = new VirtualTime();
    private final RetryBudget budget = new RetryBudget(time.nanoTime());

    @Test
    void beginsFullAndThenRefuses() {
        assertThat(retriesPossible()).isEqualTo(20);
        assertThat(budget.tryRetry()).isFalse();
    }

    @Test
    void givesAFewPerSecondWhateverTheTraffic() {
        retriesPossible();

        time.advance(Duration.ofSeconds(2));

        assertThat(retriesPossible()).isEqualTo(6);
    }

    @Test
    void givesAFifthOfTheFirstTries() {
        retriesPossible();

        for (int i = 0; i < 50; i++) {
            budget.firstTry();
        }

        assertThat(retriesPossible()).isEqualTo(10);
    }

    @Test
    void savesNoMoreThanItsCap() {
        time.advance(Duration.ofHours(10));
        for (int i = 0; i < 1_000; i++) {
            budget.firstTry();
        }

        assertThat(retriesPossible()).isEqualTo(20);
    }

    @Test
    void holdsTheShareAtAnyTrafficThatMatters() {
        int firstTries = 60 * 60;
        int retries = 0;
        for (int i = 0; i < firstTries; i++) {
            time.advance(Duration.ofSeconds(1).dividedBy(60));
            budget.firstTry();
            for (int j = 0; j < 3; j++) {
                retries += budget.tryRetry() ? 1 : 0;
            }
        }

        assertThat(retries).isLessThan((int) (firstTries * 0.26));
    }

    private int retriesPossible() {
        int retries = 0;
        while (budget.tryRetry()) {
            retries++;
        }
        return retries;
    }
}
