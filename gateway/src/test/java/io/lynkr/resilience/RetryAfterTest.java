package io.lynkr.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "0,                             0",
        "7,                             7000",
        " 7 ,                           7000",
        "1.5,                           1500",
        "999999999,                     999999999000",
        "'Mon, 23 Nov 2026 10:00:30 GMT', 30000",
        "'Tue, 24 Nov 2026 10:00:00 GMT', 86400000"
    })
    void readsSecondsAndDates(String text, long millis) {
        assertThat(RetryAfter.parse(text, NOW)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-5",
                "soon",
                "1e3",
                "0x10",
                "5 s",
                "99999999999999999999",
                "Mon, 23 Nov 2026 09:59:59 GMT",
                "Mon, 99 Nov 2026 10:00:30 GMT",
                "2026-11-23T10:00:30Z"
            })
    void ignoresWhatSaysNothing(String text) {
        assertThat(RetryAfter.parse(text, NOW)).isEmpty();
    }
}
