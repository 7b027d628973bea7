package io.lynkr.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lynkr.testing.VirtualTime;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class AdaptiveLimitTest {
    private final VirtualTime time = new VirtualTime();
    private final AdaptiveLimit limit = new AdaptiveLimit(100, time.nanoTime());

    @Test
    void beginsAtItsCeilingAndStaysThere() {
        time.advance(Duration.ofHours(1));

        assertThat(limit.current()).isEqualTo(100);
    }

    @Test
    void shrinksByThreeTenthsOfWhatWasUnderWay() {
        refuse(100);
        assertThat(limit.current()).isEqualTo(70);

        refuse(50);
        assertThat(limit.current()).isEqualTo(35);
    }

    @Test
    void shrinksOnceForOneOverload() {
        long madeTogether = time.nanoTime().getAsLong();
        time.advanceMillis(500);

        for (int i = 0; i < 50; i++) {
            limit.refused(madeTogether, 100);
            time.advanceMillis(10);
        }

        assertThat(limit.current()).isEqualTo(70);
    }

    @Test
    void growsByOneForEachQuietSecond() {
        refuse(100);

        time.advanceMillis(999);
        assertThat(limit.current()).isEqualTo(70);
        time.advanceMillis(1);
        assertThat(limit.current()).isEqualTo(71);
        time.advance(Duration.ofSeconds(9));
        assertThat(limit.current()).isEqualTo(80);
        time.advance(Duration.ofHours(1));
        assertThat(limit.current()).isEqualTo(100);
    }

    @Test
    void keepsAFewPlacesHoweverOftenItIsRefused() {
        for (int i = 0; i < 100; i++) {
            refuse(limit.current());
        }

        assertThat(limit.current()).isEqualTo(4);
    }

    @Test
    void neverExceedsAnEvenSmallerCeiling() {
        var tiny = new AdaptiveLimit(2, time.nanoTime());

        tiny.refused(time.nanoTime().getAsLong(), 2);

        assertThat(tiny.current()).isEqualTo(2);
    }

    @Test
    void refusesACeilingOfNone() {
        assertThatThrownBy(() -> new AdaptiveLimit(0, time.nanoTime())).hasMessageContaining("0");
    }

    /** Made and refused a little later than what was refused before. */
    private void refuse(int held) {
        time.advanceMillis(1);
        limit.refused(time.nanoTime().getAsLong(), held);
    }
}
