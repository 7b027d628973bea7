package io.lynkr.provider.openai;

import io.lynkr.config.Secret;
import io.lynkr.message.Headers;
import io.lynkr.provider.Endpoint;
import io.lynkr.provider.Urls;

import java.net.URI;

/** An Azure OpenAI resource. Its deployments are not listed there. */
public final class AzureOpenAiEndpoint implements Endpoint {
    private static final String CHAT = "/chat/completions";

    private final AzureOpenAiSettings settings;

    public AzureOpenAiEndpoint(AzureOpenAiSettings settings) {
        this.settings = settings;
    }

    @Override
    public URI messages(String model, boolean stream) {
        var given = settings.endpoint();
        var path = Urls.pathOf(given);
        if (path.endsWith(CHAT)) {
            return path.contains("/deployments/") ? versioned(given) : given;
        }
        var root = path.replaceFirst("/openai(/v1)?$", "") + "/openai";
        if (settings.version().equals("v1")) {
            return Urls.withPath(given, root + "/v1" + CHAT);
        }
        var deployment = Urls.segment(settings.deployment().orElse(model));
        return versioned(Urls.withPath(given, root + "/deployments/" + deployment + CHAT));
    }

    private URI versioned(URI address) {
        return address.getRawQuery() == null
                ? URI.create(address + "?api-version=" + Urls.segment(settings.version()))
                : address;
    }

    @Override
    public Headers signIn() {
        return Headers.of("api-key", settings.apiKey().map(Secret::reveal).orElse(""));
    }

    @Override
    public String credentialSettings() {
        return AzureOpenAiSettings.API_KEY.name();
    }
}
