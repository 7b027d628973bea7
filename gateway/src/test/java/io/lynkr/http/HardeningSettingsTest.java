package io.lynkr.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.config.Settings;
import io.lynkr.resilience.GracefulShutdown;
import io.lynkr.resilience.MemoryPressure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Map;

class HardeningSettingsTest {

    @Test
    void hasTheDefaultsOfTheSeed() {
        var settings = new Settings(Map.of());

        assertThat(SheddingSettings.from(settings))
                .isEqualTo(new SheddingSettings(1_000, new MemoryPressure(0.90, 0.85)));
        assertThat(ShutdownSettings.from(settings))
                .isEqualTo(new GracefulShutdown(Duration.ZERO, Duration.ofSeconds(30)));
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void readsWhatIsSet() {
        var settings =
                new Settings(
                        Map.of(
                                "LOAD_SHEDDING_ACTIVE_REQUESTS_THRESHOLD", "5",
                                "LOAD_SHEDDING_HEAP_THRESHOLD", "0.7",
                                "LOAD_SHEDDING_MEMORY_THRESHOLD", "1",
                                "SHUTDOWN_DRAIN_DELAY_MS", "5000",
                                "GRACEFUL_SHUTDOWN_TIMEOUT", "300000"));

        assertThat(SheddingSettings.from(settings))
                .isEqualTo(new SheddingSettings(5, new MemoryPressure(0.7, 1)));
        assertThat(ShutdownSettings.from(settings))
                .isEqualTo(new GracefulShutdown(Duration.ofSeconds(5), Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0.5", "1.01", "90", "NaN", "high"})
    void objectsToThresholdsThatAreNoShare(String value) {
        var settings = new Settings(Map.of("LOAD_SHEDDING_HEAP_THRESHOLD", value));

        SheddingSettings.from(settings);

        assertThat(settings.problems())
                .singleElement()
                .asString()
                .contains("LOAD_SHEDDING_HEAP_THRESHOLD", "a number above 0, up to 1");
    }
}
