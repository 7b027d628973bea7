package io.lynkr.cache;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;

import java.time.Duration;

/**
 * What the response cache may keep.
 *
 * @param enabled whether there is one
 * @param timeToLive how long an answer may be given again
 * @param maxEntries how many answers are kept at most
 * @param maxBytes what all answers may fill together
 * @param showsCreation whether the usage of an answer that may be kept says so
 */
public record CacheSettings(
        boolean enabled,
        Duration timeToLive,
        int maxEntries,
        long maxBytes,
        boolean showsCreation) {

    public static final Setting<Boolean> PROMPT_CACHE_ENABLED =
            Setting.bool(
                    "PROMPT_CACHE_ENABLED",
                    true,
                    "Gives an answer again to exactly the same request, without asking the"
                            + " backend.");

    public static final Setting<Duration> PROMPT_CACHE_TTL_MS =
            Setting.millis(
                    "PROMPT_CACHE_TTL_MS", 300_000, 1, "How long an answer may be given again.");

    public static final Setting<Integer> PROMPT_CACHE_MAX_ENTRIES =
            Setting.integer(
                    "PROMPT_CACHE_MAX_ENTRIES",
                    64,
                    1,
                    1_000_000,
                    "How many answers are kept; the one asked for longest ago goes first.");

    public static final Setting<Long> PROMPT_CACHE_MAX_BYTES =
            Setting.bytes(
                    "PROMPT_CACHE_MAX_BYTES",
                    "16mb",
                    "What the kept answers may fill of the memory; one answer may fill an eighth"
                            + " of it.");

    public static final Setting<Boolean> PROMPT_CACHE_SHOW_CREATION =
            Setting.bool(
                    "PROMPT_CACHE_SHOW_CREATION",
                    false,
                    "Counts the prompt of an answer that may be kept as"
                            + " cache_creation_input_tokens, as the original did. Otherwise the"
                            + " client gets the backend's own usage.");

    /** Reads and checks; problems are left in the settings. */
    public static CacheSettings from(Settings settings) {
        return new CacheSettings(
                settings.get(PROMPT_CACHE_ENABLED),
                settings.get(PROMPT_CACHE_TTL_MS),
                settings.get(PROMPT_CACHE_MAX_ENTRIES),
                settings.get(PROMPT_CACHE_MAX_BYTES),
                settings.get(PROMPT_CACHE_SHOW_CREATION));
    }

    /** What one answer may fill. */
    public int maxAnswerBytes() {
        return (int) Math.min(maxBytes / 8, Integer.MAX_VALUE / 2);
    }
}
