package io.lynkr.provider.openai;

import io.lynkr.json.JsonObject;
import io.lynkr.message.Headers;
import io.lynkr.message.ModelInfo;
import io.lynkr.provider.Endpoint;
import io.lynkr.provider.ModelList;
import io.lynkr.provider.Urls;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A server of chat completions. */
public final class OpenAiEndpoint implements Endpoint {
    private final OpenAiSettings settings;

    public OpenAiEndpoint(OpenAiSettings settings) {
        this.settings = settings;
    }

    @Override
    public URI messages(String model, boolean stream) {
        return Urls.below(settings.base(), "/chat/completions");
    }

    @Override
    public Optional<URI> models() {
        return Optional.of(Urls.below(settings.base(), "/models"));
    }

    @Override
    public List<ModelInfo> readModels(byte[] body) {
        return ModelList.read(body, "data", OpenAiEndpoint::model);
    }

    private static Optional<ModelInfo> model(JsonObject entry) {
        return entry.string("id")
                .map(id -> new ModelInfo(id, id, ModelList.date(entry.integer("created"))));
    }

    @Override
    public Headers signIn() {
        return settings.credentials();
    }

    @Override
    public String credentialSettings() {
        return OpenAiSettings.API_KEY.name();
    }
}
