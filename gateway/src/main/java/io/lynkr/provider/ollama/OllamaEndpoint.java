package io.lynkr.provider.ollama;

import io.lynkr.json.JsonObject;
import io.lynkr.message.Headers;
import io.lynkr.message.ModelInfo;
import io.lynkr.provider.Endpoint;
import io.lynkr.provider.ModelList;
import io.lynkr.provider.Urls;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** An Ollama server. Its count of tokens is a guess by length, so ours is used. */
public final class OllamaEndpoint implements Endpoint {
    private final OllamaSettings settings;

    public OllamaEndpoint(OllamaSettings settings) {
        this.settings = settings;
    }

    @Override
    public URI messages(String model, boolean stream) {
        return Urls.below(
                settings.endpoint(), settings.speaksMessages() ? "/v1/messages" : "/api/chat");
    }

    @Override
    public Optional<URI> models() {
        return Optional.of(Urls.below(settings.endpoint(), "/api/tags"));
    }

    @Override
    public List<ModelInfo> readModels(byte[] body) {
        return ModelList.read(body, "models", OllamaEndpoint::model);
    }

    private static Optional<ModelInfo> model(JsonObject entry) {
        return entry.string("model")
                .or(() -> entry.string("name"))
                .map(
                        id ->
                                new ModelInfo(
                                        id,
                                        id,
                                        entry.string("modified_at")
                                                .orElse(ModelInfo.UNKNOWN_DATE)));
    }

    @Override
    public Headers signIn() {
        return settings.credentials();
    }

    @Override
    public String credentialSettings() {
        return OllamaSettings.API_KEY.name();
    }
}
