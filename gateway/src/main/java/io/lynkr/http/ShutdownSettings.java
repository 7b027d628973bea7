package io.lynkr.http;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;
import io.lynkr.resilience.GracefulShutdown;

import java.time.Duration;

/** How the gateway ends. */
public final class ShutdownSettings {

    public static final Setting<Duration> SHUTDOWN_DRAIN_DELAY_MS =
            Setting.millis(
                    "SHUTDOWN_DRAIN_DELAY_MS",
                    0,
                    "How long requests are still taken after the signal to end, while readiness"
                            + " says no; as long as a load balancer takes to notice.");

    public static final Setting<Duration> GRACEFUL_SHUTDOWN_TIMEOUT =
            Setting.millis(
                    "GRACEFUL_SHUTDOWN_TIMEOUT",
                    30_000,
                    "How long running answers may take to finish in the end; what still runs then"
                            + " ends with an error that clients understand.");

    private ShutdownSettings() {}

    /** Reads and checks; problems are left in the settings. */
    public static GracefulShutdown from(Settings settings) {
        return new GracefulShutdown(
                settings.get(SHUTDOWN_DRAIN_DELAY_MS), settings.get(GRACEFUL_SHUTDOWN_TIMEOUT));
    }
}
