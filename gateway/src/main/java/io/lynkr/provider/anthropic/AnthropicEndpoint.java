package io.lynkr.provider.anthropic;

import io.lynkr.json.JsonObject;
import io.lynkr.message.Headers;
import io.lynkr.message.ModelInfo;
import io.lynkr.provider.Endpoint;
import io.lynkr.provider.ModelList;
import io.lynkr.provider.Urls;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A server of the Messages API. */
public final class AnthropicEndpoint implements Endpoint {
    private final AnthropicSettings settings;

    public AnthropicEndpoint(AnthropicSettings settings) {
        this.settings = settings;
    }

    @Override
    public URI messages(String model, boolean stream) {
        return settings.messages();
    }

    @Override
    public Optional<URI> countTokens(String model) {
        return Optional.of(Urls.below(settings.messages(), "/count_tokens"));
    }

    @Override
    public Optional<URI> models() {
        var messages = settings.messages();
        var path = Urls.pathOf(messages).replaceFirst("/messages$", "/models");
        var models = Urls.withPath(messages, path);
        return Optional.of(
                models.getRawQuery() == null ? URI.create(models + "?limit=1000") : models);
    }

    @Override
    public List<ModelInfo> readModels(byte[] body) {
        return ModelList.read(body, "data", AnthropicEndpoint::model);
    }

    private static Optional<ModelInfo> model(JsonObject entry) {
        return entry.string("id")
                .map(
                        id ->
                                new ModelInfo(
                                        id,
                                        entry.string("display_name").orElse(id),
                                        entry.string("created_at").orElse(ModelInfo.UNKNOWN_DATE),
                                        entry));
    }

    @Override
    public Headers modelsHeaders() {
        return Headers.of("anthropic-version", "2023-06-01");
    }

    @Override
    public Headers signIn() {
        return settings.credentials();
    }

    @Override
    public String credentialSettings() {
        return settings.credentialSettings();
    }
}
