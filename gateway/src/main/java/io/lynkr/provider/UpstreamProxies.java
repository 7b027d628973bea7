package io.lynkr.provider;

import io.lynkr.config.Secret;
import io.lynkr.config.Setting;
import io.lynkr.config.Settings;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Through which proxy an upstream is reached, by the variables that other tools read, too. This
 * machine itself is always reached directly.
 */
public final class UpstreamProxies {
    private static final String FORM =
            "Write http://host:port or socks5://host:port, with user:password@ before the host if"
                    + " the proxy asks for it";

    public static final Setting<Optional<Secret>> HTTPS_PROXY =
            Setting.secret(
                    "HTTPS_PROXY",
                    "The proxy for backends with https addresses, such as http://proxy:3128; also"
                            + " read in lower case.");

    public static final Setting<Optional<Secret>> HTTP_PROXY =
            Setting.secret(
                    "HTTP_PROXY",
                    "The proxy for backends with http addresses; also read in lower case.");

    public static final Setting<List<String>> NO_PROXY =
            Setting.list(
                    "NO_PROXY",
                    "",
                    "Hosts that are reached directly: names (with all below them), name:port, IP"
                            + " addresses and ranges (10.0.0.0/8), or * for all; also read in lower"
                            + " case.");

    /** Nothing goes through a proxy. */
    public static final UpstreamProxies NONE =
            new UpstreamProxies(Optional.empty(), Optional.empty(), DirectHosts.of(List.of()));

    private final Optional<ProxyOptions> forHttps;
    private final Optional<ProxyOptions> forHttp;
    private final DirectHosts direct;

    private UpstreamProxies(
            Optional<ProxyOptions> forHttps, Optional<ProxyOptions> forHttp, DirectHosts direct) {
        this.forHttps = forHttps;
        this.forHttp = forHttp;
        this.direct = direct;
    }

    /** Reads and checks; problems are left in the settings. */
    public static UpstreamProxies from(Settings settings) {
        return new UpstreamProxies(
                proxy(settings, HTTPS_PROXY),
                proxy(settings, HTTP_PROXY),
                DirectHosts.of(settings.get(eitherCase(settings, NO_PROXY))));
    }

    private static Optional<ProxyOptions> proxy(
            Settings settings, Setting<Optional<Secret>> setting) {
        var used = eitherCase(settings, setting);
        return settings.get(used).flatMap(secret -> read(secret.reveal(), used, settings));
    }

    /** Tools disagree on the case of these variables, so both are read; ours goes first. */
    private static <T> Setting<T> eitherCase(Settings settings, Setting<T> setting) {
        var lower = setting.named(setting.name().toLowerCase(Locale.ROOT));
        return settings.isSet(setting) || !settings.isSet(lower) ? setting : lower;
    }

    private static Optional<ProxyOptions> read(String text, Setting<?> setting, Settings settings) {
        try {
            var uri = URI.create(text.contains("://") ? text : "http://" + text);
            var type = type(uri);
            if (uri.getHost() != null && type.isPresent()) {
                return Optional.of(options(uri, type.get()));
            }
        } catch (IllegalArgumentException noAddress) {
            // It is told below, with the remedy.
        }
        settings.problem(setting, "the value is not the address of a proxy", FORM);
        return Optional.empty();
    }

    private static Optional<ProxyType> type(URI uri) {
        return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
            case "http" -> Optional.of(ProxyType.HTTP);
            case "socks5", "socks5h" -> Optional.of(ProxyType.SOCKS5);
            default -> Optional.empty();
        };
    }

    private static ProxyOptions options(URI uri, ProxyType type) {
        int usual = type == ProxyType.HTTP ? 80 : 1080;
        var options =
                new ProxyOptions()
                        .setType(type)
                        .setHost(uri.getHost())
                        .setPort(uri.getPort() > 0 ? uri.getPort() : usual);
        var user = uri.getUserInfo();
        if (user != null) {
            int colon = user.indexOf(':');
            options.setUsername(colon < 0 ? user : user.substring(0, colon));
            options.setPassword(colon < 0 ? "" : user.substring(colon + 1));
        }
        return options;
    }

    /** The proxy on the way to an address; empty if it is reached directly. */
    Optional<ProxyOptions> towards(URI uri) {
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        var proxy = tls ? forHttps : forHttp;
        return proxy.filter(_ -> !direct.has(uri.getHost(), Urls.port(uri)));
    }

    /** Where one knocks first on the way to an address: {@code http://proxy:port}, or the same. */
    public URI firstStop(URI uri) {
        return towards(uri)
                .map(proxy -> URI.create("http://" + proxy.getHost() + ":" + proxy.getPort()))
                .orElse(uri);
    }
}
