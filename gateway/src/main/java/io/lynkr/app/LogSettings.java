package io.lynkr.app;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;
import io.lynkr.observability.LogFormat;
import io.lynkr.observability.Logs.Threshold;

/** What is logged, and how it looks. */
public final class LogSettings {

    public static final Setting<Threshold> LOG_LEVEL =
            Setting.choice(
                    "LOG_LEVEL",
                    Threshold.class,
                    Threshold.INFO,
                    "From which weight on lines are logged, on standard output; debug adds probes."
                            + " Bodies and secrets are never logged, whatever the level.");

    public static final Setting<Format> LOG_FORMAT =
            Setting.choice(
                    "LOG_FORMAT",
                    Format.class,
                    Format.AUTO,
                    "How log lines look: json for machines, text for people, auto for text on a"
                            + " terminal and json elsewhere.");

    /** What one may ask for. */
    public enum Format {
        AUTO,
        JSON,
        TEXT
    }

    private LogSettings() {}

    static LogFormat format(Settings settings, boolean onTerminal) {
        return switch (settings.get(LOG_FORMAT)) {
            case JSON -> LogFormat.JSON;
            case TEXT -> LogFormat.TEXT;
            case AUTO -> onTerminal ? LogFormat.TEXT : LogFormat.JSON;
        };
    }
}
