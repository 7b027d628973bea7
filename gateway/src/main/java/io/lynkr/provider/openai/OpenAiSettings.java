package io.lynkr.provider.openai;

import io.lynkr.config.Secret;
import io.lynkr.config.Setting;
import io.lynkr.config.Settings;
import io.lynkr.message.Headers;
import io.lynkr.provider.Urls;

import java.net.URI;
import java.util.Optional;

/**
 * Which server of chat completions, and who the gateway is there.
 *
 * @param base the address under which the API's paths lie
 * @param apiKey local servers need none
 * @param model the backend's model for names that it cannot know
 * @param extraHeaders sent with every call
 */
public record OpenAiSettings(
        URI base, Optional<Secret> apiKey, Optional<String> model, Headers extraHeaders) {

    public static final Setting<URI> BASE_URL =
            Setting.uri(
                    "OPENAI_BASE_URL",
                    "https://api.openai.com/v1",
                    "The server of OpenAI's API, up to /v1.");

    public static final Setting<Optional<Secret>> API_KEY =
            Setting.secret(
                    "OPENAI_API_KEY",
                    "The gateway's own key there; needed for OpenAI itself, not by local servers.");

    public static final Setting<Optional<String>> MODEL =
            Setting.text(
                    "OPENAI_MODEL",
                    "The model that stands in for Claude models; MODEL_DEFAULT goes before it.");

    /** Holds credentials as often as not, so it is treated as one. */
    public static final Setting<Headers> EXTRA_HEADERS =
            new Setting<>(
                    "OPENAI_EXTRA_HEADERS",
                    "",
                    "headers as 'Name: value', with semicolons between",
                    "More headers for every call, as 'Name: value' with semicolons between.",
                    true,
                    OpenAiSettings::readHeaders);

    /** Reads and checks; problems are left in the settings. */
    public static OpenAiSettings from(Settings settings) {
        var base = settings.get(BASE_URL);
        if (!settings.isSet(API_KEY) && base.getHost().endsWith("openai.com")) {
            settings.problem(
                    API_KEY,
                    "it is not set, and the backend is " + base.getHost(),
                    "Set it to a key from platform.openai.com, or point OPENAI_BASE_URL elsewhere");
        }
        return new OpenAiSettings(
                root(base),
                settings.get(API_KEY),
                settings.get(MODEL),
                settings.get(EXTRA_HEADERS));
    }

    /** People give the address with or without /v1, and sometimes the whole of it. */
    private static URI root(URI given) {
        var path = Urls.pathOf(given).replaceFirst("/chat/completions$", "");
        return Urls.withPath(given, path.isEmpty() ? "/v1" : path);
    }

    private static Headers readHeaders(String text) {
        var headers = Headers.NONE;
        for (var line : text.split(";", -1)) {
            if (line.isBlank()) {
                continue;
            }
            int colon = line.indexOf(':');
            var name = colon < 0 ? "" : line.substring(0, colon).strip();
            if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
                throw new IllegalArgumentException("no header");
            }
            headers = headers.with(name, line.substring(colon + 1).strip());
        }
        return headers;
    }

    Headers credentials() {
        return apiKey.map(key -> Headers.of("authorization", "Bearer " + key.reveal()))
                .orElse(Headers.NONE)
                .and(extraHeaders);
    }
}
