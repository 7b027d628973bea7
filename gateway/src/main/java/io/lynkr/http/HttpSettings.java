package io.lynkr.http;

import static java.util.Objects.requireNonNullElse;

import io.lynkr.config.Secret;
import io.lynkr.config.Setting;
import io.lynkr.config.Settings;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the gateway listens.
 *
 * @param port 0 for any free one
 * @param host the address to listen on
 * @param accessTokens who may use the gateway; none means whoever can reach it
 * @param bodyLimit the largest request body in bytes
 * @param allowedHosts further names that clients may call the gateway by, in lower case
 * @param pingInterval how long a stream may be silent before a ping
 */
public record HttpSettings(
        int port,
        String host,
        AccessTokens accessTokens,
        int bodyLimit,
        List<String> allowedHosts,
        Duration pingInterval) {

    public static final Setting<Integer> PORT =
            Setting.integer("PORT", 8080, 0, 65535, "The port to listen on; 0 takes any free one.");

    public static final Setting<String> HOST =
            Setting.host(
                    "HOST",
                    "127.0.0.1",
                    "The address to listen on. Any other than this machine's own loopback needs"
                            + " ACCESS_TOKENS.");

    public static final Setting<Optional<Secret>> ACCESS_TOKENS =
            Setting.secret(
                    "ACCESS_TOKENS",
                    "Who may use the gateway, as name:token with commas between; clients send the"
                            + " token as x-api-key or bearer. Not needed on loopback.");

    public static final Setting<Long> REQUEST_JSON_LIMIT =
            Setting.bytes("REQUEST_JSON_LIMIT", "32mb", "The largest request body.");

    public static final Setting<List<String>> ALLOWED_HOSTS =
            Setting.list(
                    "ALLOWED_HOSTS",
                    "",
                    "Further host names that clients may call the gateway by, besides localhost and"
                            + " HOST; guards against web pages that point their name at this"
                            + " machine.");

    public static final Setting<Duration> STREAM_PING_INTERVAL_MS =
            Setting.millis(
                    "STREAM_PING_INTERVAL_MS",
                    15_000,
                    1,
                    "How long a stream may be silent before the gateway sends a ping.");

    private static final long LARGEST_BODY = 1L << 30;

    public HttpSettings {
        allowedHosts = List.copyOf(allowedHosts);
    }

    /** Reads and checks; problems are left in the settings. */
    public static HttpSettings from(Settings settings) {
        var host = settings.get(HOST);
        var tokens = readTokens(settings);
        if (!settings.isSet(ACCESS_TOKENS) && !isLoopback(host)) {
            settings.problem(
                    HOST,
                    "'" + host + "' lets other machines in, and no ACCESS_TOKENS are set",
                    "Set ACCESS_TOKENS to name:token (a good token: openssl rand -hex 32), or HOST"
                            + " to 127.0.0.1");
        }
        return new HttpSettings(
                settings.get(PORT),
                host,
                tokens,
                readBodyLimit(settings),
                settings.get(ALLOWED_HOSTS).stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList(),
                settings.get(STREAM_PING_INTERVAL_MS));
    }

    private static AccessTokens readTokens(Settings settings) {
        try {
            return settings.get(ACCESS_TOKENS)
                    .map(secret -> AccessTokens.parse(secret.reveal()))
                    .orElse(AccessTokens.NONE);
        } catch (IllegalArgumentException wrong) {
            settings.problem(
                    ACCESS_TOKENS,
                    requireNonNullElse(wrong.getMessage(), "the value cannot be read"),
                    "Write name:token with commas between, and each name once");
            return AccessTokens.NONE;
        }
    }

    private static int readBodyLimit(Settings settings) {
        long limit = settings.get(REQUEST_JSON_LIMIT);
        if (limit > LARGEST_BODY) {
            settings.problem(
                    REQUEST_JSON_LIMIT, limit + " bytes is too large", "Set it to at most 1gb");
        }
        return (int) Math.min(limit, LARGEST_BODY);
    }

    /**
     * Whether only this machine reaches the address; a name other than localhost could be anyone.
     */
    static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException aName) {
            return false;
        }
    }
}
