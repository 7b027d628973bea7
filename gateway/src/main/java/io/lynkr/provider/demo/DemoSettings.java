package io.lynkr.provider.demo;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;

/**
 * How the demo model behaves.
 *
 * @param tokensPerSecond how fast it speaks; 0 means at once
 */
public record DemoSettings(int tokensPerSecond) {
    public static final Setting<Integer> TOKENS_PER_SECOND =
            Setting.integer(
                    "DEMO_TOKENS_PER_SECOND",
                    60,
                    0,
                    1_000_000,
                    "How fast the demo model speaks; 0 means at once.");

    public DemoSettings {
        if (tokensPerSecond < 0) {
            throw new IllegalArgumentException(
                    "DEMO_TOKENS_PER_SECOND must be 0 or more, but is " + tokensPerSecond);
        }
    }

    public static DemoSettings from(Settings settings) {
        return new DemoSettings(settings.get(TOKENS_PER_SECOND));
    }
}
