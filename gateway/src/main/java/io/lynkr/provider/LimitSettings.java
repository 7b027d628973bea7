package io.lynkr.provider;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;

import java.time.Duration;

/**
 * How many calls one backend gets at a time, and how the others wait.
 *
 * @param most calls at a time, while the backend refuses none
 * @param queueSize how many may wait for their turn
 * @param queueTimeout how long they may
 */
public record LimitSettings(int most, int queueSize, Duration queueTimeout) {

    public static final Setting<Integer> UPSTREAM_QUEUE_SIZE =
            Setting.integer(
                    "UPSTREAM_QUEUE_SIZE",
                    100,
                    0,
                    100_000,
                    "How many calls may wait while the backend has as many as it bears.");

    public static final Setting<Duration> UPSTREAM_QUEUE_TIMEOUT_MS =
            Setting.millis(
                    "UPSTREAM_QUEUE_TIMEOUT_MS",
                    2_000,
                    "How long a call may wait for its turn before the client is told to come back"
                            + " later.");

    /** Reads and checks; problems are left in the settings. */
    public static LimitSettings from(Settings settings) {
        return new LimitSettings(
                settings.get(ConnectionSettings.UPSTREAM_MAX_SOCKETS),
                settings.get(UPSTREAM_QUEUE_SIZE),
                settings.get(UPSTREAM_QUEUE_TIMEOUT_MS));
    }
}
