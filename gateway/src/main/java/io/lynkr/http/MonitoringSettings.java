package io.lynkr.http;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;

/**
 * What operators can see.
 *
 * @param metrics whether there is anything at {@code /metrics}
 * @param health whether there is anything at {@code /health}
 * @param requestLog whether each request gets a line in the log
 */
public record MonitoringSettings(boolean metrics, boolean health, boolean requestLog) {

    public static final Setting<Boolean> METRICS_ENABLED =
            Setting.bool("METRICS_ENABLED", true, "Serves metrics at /metrics and below it.");

    public static final Setting<Boolean> HEALTH_CHECK_ENABLED =
            Setting.bool(
                    "HEALTH_CHECK_ENABLED",
                    true,
                    "Answers at /health, /health/live and /health/ready.");

    public static final Setting<Boolean> REQUEST_LOGGING_ENABLED =
            Setting.bool(
                    "REQUEST_LOGGING_ENABLED", true, "Writes one line to the log per request.");

    /** Reads and checks; problems are left in the settings. */
    public static MonitoringSettings from(Settings settings) {
        return new MonitoringSettings(
                settings.get(METRICS_ENABLED),
                settings.get(HEALTH_CHECK_ENABLED),
                settings.get(REQUEST_LOGGING_ENABLED));
    }
}
