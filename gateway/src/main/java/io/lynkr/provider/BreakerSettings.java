package io.lynkr.provider;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;
import io.lynkr.resilience.BreakerPolicy;

import java.time.Duration;

/** When the gateway stops asking a backend that fails, and when it asks again. */
public final class BreakerSettings {

    public static final Setting<Integer> CIRCUIT_BREAKER_FAILURE_THRESHOLD =
            Setting.integer(
                    "CIRCUIT_BREAKER_FAILURE_THRESHOLD",
                    5,
                    1,
                    10_000,
                    "How many failures in a row open the circuit to a backend's model.");

    public static final Setting<Integer> CIRCUIT_BREAKER_SUCCESS_THRESHOLD =
            Setting.integer(
                    "CIRCUIT_BREAKER_SUCCESS_THRESHOLD",
                    2,
                    1,
                    10_000,
                    "How many answers to trial calls close the circuit again.");

    public static final Setting<Duration> CIRCUIT_BREAKER_TIMEOUT =
            Setting.millis(
                    "CIRCUIT_BREAKER_TIMEOUT",
                    60_000,
                    1,
                    "How long an open circuit refuses calls before it lets one through to try.");

    private BreakerSettings() {}

    /** Reads and checks; problems are left in the settings. */
    public static BreakerPolicy from(Settings settings) {
        return new BreakerPolicy(
                settings.get(CIRCUIT_BREAKER_FAILURE_THRESHOLD),
                settings.get(CIRCUIT_BREAKER_SUCCESS_THRESHOLD),
                settings.get(CIRCUIT_BREAKER_TIMEOUT));
    }
}
