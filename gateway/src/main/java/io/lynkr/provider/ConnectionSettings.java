package io.lynkr.provider;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;

import java.time.Duration;

/**
 * How connections to backends are made and kept.
 *
 * @param maxSockets to one upstream at a time
 * @param keepAlive how long an idle one is kept for the next request
 * @param proxies on the way there
 * @param trust in the backends' certificates
 */
public record ConnectionSettings(
        int maxSockets, Duration keepAlive, UpstreamProxies proxies, UpstreamTrust trust) {

    public static final Setting<Integer> UPSTREAM_MAX_SOCKETS =
            Setting.integer(
                    "UPSTREAM_MAX_SOCKETS",
                    50,
                    1,
                    65_535,
                    "Connections to the backend at a time; further requests wait for one.");

    /** Load balancers close idle connections after 60 s and more. */
    public static final Setting<Duration> UPSTREAM_KEEP_ALIVE_MS =
            Setting.millis(
                    "UPSTREAM_KEEP_ALIVE_MS",
                    30_000,
                    1_000,
                    "How long an idle connection to the backend is kept for the next request.");

    /** Reads and checks; problems are left in the settings. */
    public static ConnectionSettings from(Settings settings) {
        return new ConnectionSettings(
                settings.get(UPSTREAM_MAX_SOCKETS),
                settings.get(UPSTREAM_KEEP_ALIVE_MS),
                UpstreamProxies.from(settings),
                UpstreamTrust.from(settings));
    }
}
