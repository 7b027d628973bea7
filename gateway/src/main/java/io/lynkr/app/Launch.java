package io.lynkr.app;

import io.lynkr.config.Origin;
import io.lynkr.config.Secret;
import io.lynkr.config.Settings;
import io.lynkr.http.HttpSettings;
import io.lynkr.policy.SandboxSettings;
import io.lynkr.provider.ProviderSettings;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

/**
 * The few settings that the command line itself reads and chooses: who answers, where to listen,
 * and who may come in.
 *
 * @param settings all of them
 */
public record Launch(Settings settings) {
    private static final String DEMO = "demo";

    public String provider() {
        return settings.get(ProviderSettings.MODEL_PROVIDER);
    }

    public String host() {
        return settings.get(HttpSettings.HOST);
    }

    public int port() {
        return settings.get(HttpSettings.PORT);
    }

    /** Whether somebody asked for this port, rather than it being the default. */
    public boolean isPortChosen() {
        return settings.origin(HttpSettings.PORT) != Origin.DEFAULT;
    }

    /**
     * Refuses settings under which no gateway could be listening.
     *
     * @throws io.lynkr.config.ConfigException naming the problems
     */
    public void checkListening() {
        HttpSettings.from(settings);
        settings.check();
    }

    /** Where a client on this machine looks for the gateway. */
    public URI localAddress() {
        var host = host();
        boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
        var near = everywhere ? "127.0.0.1" : host;
        var shown = near.contains(":") ? "[" + near + "]" : near;
        return URI.create("http://" + shown + ":" + port());
    }

    /** Whether clients must present a token. */
    public boolean needsToken() {
        return settings.isSet(HttpSettings.ACCESS_TOKENS);
    }

    /** A token that the gateway of these settings takes, for a client that we start ourselves. */
    public Optional<String> token() {
        return settings.get(HttpSettings.ACCESS_TOKENS)
                .map(Secret::reveal)
                .flatMap(Launch::firstToken);
    }

    private static Optional<String> firstToken(String text) {
        return Arrays.stream(text.split("[,;]", -1))
                .filter(item -> item.contains(":"))
                .map(item -> item.substring(item.indexOf(':') + 1).strip())
                .findFirst();
    }

    /** The same, with the built-in model. */
    public Launch withDemo() {
        return new Launch(settings.with(ProviderSettings.MODEL_PROVIDER, DEMO));
    }

    /** The same, on another port. */
    public Launch onPort(int port) {
        return new Launch(settings.with(HttpSettings.PORT, Integer.toString(port)));
    }

    /**
     * The same, on any free port of this machine's own, for the one client that has the token.
     * Tools without a sandbox are off there: they and tokens do not go together.
     */
    public Launch forOneClient(String token) {
        return new Launch(
                settings.with(HttpSettings.PORT, "0")
                        .with(HttpSettings.HOST, HttpSettings.HOST.defaultText())
                        .with(HttpSettings.ACCESS_TOKENS, "client:" + token)
                        .with(SandboxSettings.UNSANDBOXED, "false"));
    }
}
