package io.lynkr.provider.anthropic;

import io.lynkr.config.Secret;
import io.lynkr.config.Setting;
import io.lynkr.config.Settings;
import io.lynkr.message.Headers;
import io.lynkr.provider.Urls;

import java.net.URI;
import java.util.Optional;

/**
 * Which server of the Messages API, and who the gateway is there.
 *
 * @param messages where messages are posted
 * @param kind how much of the API the server takes
 */
public record AnthropicSettings(
        URI messages, Optional<Secret> apiKey, Optional<Secret> authToken, Kind kind) {

    /** Servers of the Messages API. */
    public enum Kind {
        /** Anthropic, or a relay to it: gets everything as the client said it. */
        ANTHROPIC,
        /** A server of other models that knows the API's core and no betas. */
        COMPATIBLE
    }

    public static final Setting<URI> URL =
            Setting.uri(
                    "ANTHROPIC_UPSTREAM_URL",
                    "https://api.anthropic.com",
                    "The server of the Messages API, with or without /v1/messages.");

    public static final Setting<Optional<Secret>> API_KEY =
            Setting.secret(
                    "ANTHROPIC_UPSTREAM_API_KEY",
                    "The gateway's own key there; needed for Anthropic itself. Clients' keys are"
                            + " never passed on.");

    public static final Setting<Optional<Secret>> AUTH_TOKEN =
            Setting.secret("ANTHROPIC_UPSTREAM_AUTH_TOKEN", "A bearer token, instead of the key.");

    public static final Setting<Kind> KIND =
            Setting.choice(
                    "ANTHROPIC_UPSTREAM_KIND",
                    Kind.class,
                    Kind.ANTHROPIC,
                    "How much of the API the server takes: anthropic gets everything as it came,"
                            + " compatible (vLLM, llama.cpp, LM Studio and the like) no betas and"
                            + " nothing that belongs to them.");

    /** Reads and checks; problems are left in the settings. */
    public static AnthropicSettings from(Settings settings) {
        var url = settings.get(URL);
        boolean keyless = !settings.isSet(API_KEY) && !settings.isSet(AUTH_TOKEN);
        if (keyless && url.getHost().endsWith("anthropic.com")) {
            settings.problem(
                    API_KEY,
                    "it is not set, and the backend is " + url.getHost(),
                    "Set it to a key from console.anthropic.com, or point ANTHROPIC_UPSTREAM_URL"
                            + " elsewhere");
        }
        return new AnthropicSettings(
                Urls.messages(url, ""),
                settings.get(API_KEY),
                settings.get(AUTH_TOKEN),
                settings.get(KIND));
    }

    Headers credentials() {
        if (apiKey.isPresent()) {
            return Headers.of("x-api-key", apiKey.get().reveal());
        }
        return authToken
                .map(token -> Headers.of("authorization", "Bearer " + token.reveal()))
                .orElse(Headers.NONE);
    }

    String credentialSettings() {
        return apiKey.isPresent() || authToken.isEmpty() ? API_KEY.name() : AUTH_TOKEN.name();
    }
}
