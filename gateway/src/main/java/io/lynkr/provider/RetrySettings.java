package io.lynkr.provider;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;
import io.lynkr.resilience.RetryPolicy;

import java.time.Duration;

/**
 * How calls are tried again.
 *
 * @param policy how often, and after which delays
 * @param stopsClient whether a client is told not to go on trying what the gateway tried in vain
 */
public record RetrySettings(RetryPolicy policy, boolean stopsClient) {

    public static final Setting<Integer> API_RETRY_MAX_RETRIES =
            Setting.integer(
                    "API_RETRY_MAX_RETRIES",
                    3,
                    0,
                    10,
                    "How often a call that failed for a passing reason is tried again.");

    public static final Setting<Duration> API_RETRY_INITIAL_DELAY =
            Setting.millis(
                    "API_RETRY_INITIAL_DELAY",
                    1_000,
                    "The most to wait before the first retry; a random part of it is waited, and it"
                            + " doubles from one retry to the next.");

    public static final Setting<Duration> API_RETRY_MAX_DELAY =
            Setting.millis(
                    "API_RETRY_MAX_DELAY",
                    30_000,
                    "The most to wait before any retry; a backend that asks for more is not tried"
                            + " again.");

    public static final Setting<Boolean> API_RETRY_STOPS_CLIENT =
            Setting.bool(
                    "API_RETRY_STOPS_CLIENT",
                    true,
                    "Whether the client is told (x-should-retry: false) not to repeat what the"
                            + " gateway has repeated in vain. Overloaded and throttled backends are"
                            + " exempt: their retry-after holds.");

    /** Reads and checks; problems are left in the settings. */
    public static RetrySettings from(Settings settings) {
        var initial = settings.get(API_RETRY_INITIAL_DELAY);
        var max = settings.get(API_RETRY_MAX_DELAY);
        if (initial.compareTo(max) > 0) {
            settings.problem(
                    API_RETRY_INITIAL_DELAY,
                    "the first delay is longer than API_RETRY_MAX_DELAY",
                    "Set it to at most " + max.toMillis());
        }
        return new RetrySettings(
                new RetryPolicy(settings.get(API_RETRY_MAX_RETRIES), initial, max),
                settings.get(API_RETRY_STOPS_CLIENT));
    }

    /** For a backend that is not the only one: one try more at most. */
    RetrySettings once() {
        return new RetrySettings(
                new RetryPolicy(
                        Math.min(1, policy.maxRetries()), policy.initialDelay(), policy.maxDelay()),
                stopsClient);
    }
}
