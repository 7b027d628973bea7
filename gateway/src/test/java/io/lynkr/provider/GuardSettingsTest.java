package io.lynkr.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.config.Settings;
import io.lynkr.resilience.BreakerPolicy;
import io.lynkr.resilience.RetryPolicy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Map;

class GuardSettingsTest {

    @Test
    void hasTheDefaultsOfTheSeed() {
        var settings = new Settings(Map.of());

        assertThat(RetrySettings.from(settings).policy())
                .isEqualTo(new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(30)));
        assertThat(BreakerSettings.from(settings))
                .isEqualTo(new BreakerPolicy(5, 2, Duration.ofSeconds(60)));
        assertThat(LimitSettings.from(settings))
                .isEqualTo(new LimitSettings(50, 100, Duration.ofSeconds(2)));
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void readsWhatIsSet() {
        var settings =
                new Settings(
                        Map.of(
                                "API_RETRY_MAX_RETRIES", "1",
                                "API_RETRY_INITIAL_DELAY", "10",
                                "API_RETRY_MAX_DELAY", "20",
                                "API_RETRY_STOPS_CLIENT", "false",
                                "CIRCUIT_BREAKER_FAILURE_THRESHOLD", "7",
                                "CIRCUIT_BREAKER_SUCCESS_THRESHOLD", "3",
                                "CIRCUIT_BREAKER_TIMEOUT", "500",
                                "UPSTREAM_MAX_SOCKETS", "9",
                                "UPSTREAM_QUEUE_SIZE", "0",
                                "UPSTREAM_QUEUE_TIMEOUT_MS", "100"));

        assertThat(RetrySettings.from(settings))
                .isEqualTo(
                        new RetrySettings(
                                new RetryPolicy(1, Duration.ofMillis(10), Duration.ofMillis(20)),
                                false));
        assertThat(BreakerSettings.from(settings))
                .isEqualTo(new BreakerPolicy(7, 3, Duration.ofMillis(500)));
        assertThat(LimitSettings.from(settings))
                .isEqualTo(new LimitSettings(9, 0, Duration.ofMillis(100)));
    }

    @Test
    void objectsToAFirstDelayBeyondTheLongest() {
        var settings = new Settings(Map.of("API_RETRY_INITIAL_DELAY", "40000"));

        RetrySettings.from(settings);

        assertThat(settings.problems())
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.toString()).contains("API_RETRY_MAX_DELAY"));
    }

    @ParameterizedTest
    @CsvSource({
        "CIRCUIT_BREAKER_FAILURE_THRESHOLD, 0",
        "CIRCUIT_BREAKER_SUCCESS_THRESHOLD, 0",
        "CIRCUIT_BREAKER_TIMEOUT, 0",
        "API_RETRY_MAX_RETRIES, -1",
        "API_RETRY_MAX_RETRIES, 11"
    })
    void objectsToWhatMakesNoSense(String name, String value) {
        var settings = new Settings(Map.of(name, value));

        RetrySettings.from(settings);
        BreakerSettings.from(settings);

        assertThat(settings.problems()).singleElement().asString().contains(name);
    }
}
