package io.lynkr.provider;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;

import java.time.Duration;

/**
 * Which provider answers, and how patient the gateway is with it.
 *
 * @param name the chosen provider's name
 * @param timeouts for the parts of one call
 * @param total for a whole call, retries included
 * @param connections how they are made and kept
 */
public record ProviderSettings(
        String name, UpstreamTimeouts timeouts, Duration total, ConnectionSettings connections) {

    public static final Setting<String> MODEL_PROVIDER =
            Setting.text(
                    "MODEL_PROVIDER",
                    "databricks",
                    "Who answers: databricks, azure-anthropic, anthropic, openai, ollama, or demo"
                            + " (a built-in scripted model).");

    public static final Setting<Duration> UPSTREAM_CONNECT_TIMEOUT_MS =
            Setting.millis(
                    "UPSTREAM_CONNECT_TIMEOUT_MS",
                    5_000,
                    1,
                    "How long connecting to the backend may take.");

    /** Like the content timeout, under the 300 s after which Claude Code gives up by itself. */
    public static final Setting<Duration> UPSTREAM_FIRST_BYTE_TIMEOUT_MS =
            Setting.millis(
                    "UPSTREAM_FIRST_BYTE_TIMEOUT_MS",
                    290_000,
                    1,
                    "How long the backend may think before its answer begins.");

    public static final Setting<Duration> UPSTREAM_IDLE_TIMEOUT_MS =
            Setting.millis(
                    "UPSTREAM_IDLE_TIMEOUT_MS",
                    120_000,
                    1,
                    "How long the backend may send nothing at all in the middle of an answer.");

    public static final Setting<Duration> UPSTREAM_CONTENT_TIMEOUT_MS =
            Setting.millis(
                    "UPSTREAM_CONTENT_TIMEOUT_MS",
                    240_000,
                    1,
                    "How long the backend may send nothing but pings in the middle of a stream.");

    public static final Setting<Duration> UPSTREAM_FINISH_TIMEOUT_MS =
            Setting.millis(
                    "UPSTREAM_FINISH_TIMEOUT_MS",
                    2_000,
                    1,
                    "How long to wait for the end of a stream, and the counts of tokens in it, once"
                            + " the backend has said why it stopped.");

    public static final Setting<Duration> UPSTREAM_TOTAL_TIMEOUT_MS =
            Setting.millis(
                    "UPSTREAM_TOTAL_TIMEOUT_MS",
                    1_800_000,
                    1,
                    "How long a whole answer may take, retries included.");

    /** Reads and checks; problems are left in the settings. */
    public static ProviderSettings from(Settings settings) {
        var timeouts =
                new UpstreamTimeouts(
                        settings.get(UPSTREAM_CONNECT_TIMEOUT_MS),
                        settings.get(UPSTREAM_FIRST_BYTE_TIMEOUT_MS),
                        settings.get(UPSTREAM_IDLE_TIMEOUT_MS),
                        settings.get(UPSTREAM_CONTENT_TIMEOUT_MS),
                        settings.get(UPSTREAM_FINISH_TIMEOUT_MS));
        return new ProviderSettings(
                settings.get(MODEL_PROVIDER),
                timeouts,
                settings.get(UPSTREAM_TOTAL_TIMEOUT_MS),
                ConnectionSettings.from(settings));
    }
}
