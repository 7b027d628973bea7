package io.lynkr.session;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether and how long turns are kept.
 *
 * @param enabled whether at all
 * @param mostAge of a turn; zero for any
 * @param mostBytes of all turns together; the largest number there is for any
 */
public record TranscriptSettings(boolean enabled, Duration mostAge, long mostBytes) {
    public static final Setting<Boolean> SESSION_TRANSCRIPTS =
            Setting.bool(
                    "SESSION_TRANSCRIPTS",
                    true,
                    "Keeps what is said in sessions that clients name, for lynkr sessions and GET"
                            + " /debug/session.");

    public static final Setting<Integer> SESSION_RETENTION_DAYS =
            Setting.integer(
                    "SESSION_RETENTION_DAYS",
                    30,
                    0,
                    36_500,
                    "Turns of sessions are forgotten after so many days; 0 for never.");

    public static final Setting<Integer> SESSION_RETENTION_MB =
            Setting.integer(
                    "SESSION_RETENTION_MB",
                    512,
                    0,
                    1_000_000,
                    "The oldest turns are forgotten when all take more megabytes than this; 0 for"
                            + " no limit.");

    /** Reads and checks; problems are left in the settings. */
    public static TranscriptSettings from(Settings settings) {
        int megabytes = settings.get(SESSION_RETENTION_MB);
        return new TranscriptSettings(
                settings.get(SESSION_TRANSCRIPTS),
                Duration.ofDays(settings.get(SESSION_RETENTION_DAYS)),
                megabytes == 0 ? Long.MAX_VALUE : (long) megabytes << 20);
    }

    /** What began before this is forgotten. */
    Instant oldest(Instant now) {
        return mostAge.isZero() ? Instant.EPOCH : now.minus(mostAge);
    }
}
