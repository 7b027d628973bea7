package io.lynkr.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Random;

class RetryPolicyTest {
    private static final RetryPolicy SEED =
            new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(30));

    @ParameterizedTest
    @CsvSource({
        "1, 0.0,  0",
        "1, 0.5,  500",
        "1, 1.0,  1000",
        "2, 1.0,  2000",
        "3, 1.0,  4000",
        "3, 0.25, 1000",
        "5, 1.0,  16000",
        "6, 1.0,  30000",
        "99, 1.0, 30000"
    })
    void waitsARandomPartOfADoublingBound(int retry, double random, long millis) {
        assertThat(SEED.delayBefore(retry, () -> random)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void spreadsThoseThatFailedTogetherOverTheWholeTime() {
        var random = new Random(1);

        var delays =
                random.ints(1_000, 0, 1)
                        .mapToObj(_ -> SEED.delayBefore(3, random::nextDouble))
                        .toList();

        assertThat(delays.stream().filter(d -> d.toMillis() < 1_000).count()).isBetween(200L, 300L);
        assertThat(delays.stream().filter(d -> d.toMillis() > 3_000).count()).isBetween(200L, 300L);
    }

    @Test
    void refusesNegativeRetries() {
        assertThatThrownBy(() -> new RetryPolicy(-1, Duration.ZERO, Duration.ZERO))
                .hasMessageContaining("-1");
    }
}
