package io.lynkr.provider.databricks;

import io.lynkr.json.JsonObject;
import io.lynkr.message.Headers;
import io.lynkr.message.ModelInfo;
import io.lynkr.provider.Endpoint;
import io.lynkr.provider.ModelList;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.SignIn;
import io.lynkr.provider.Urls;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** One route of a workspace. */
final class DatabricksEndpoint implements Endpoint {
    private final DatabricksSettings settings;
    private final SignIn signIn;
    private final UnaryOperator<String> pathOf;

    /**
     * @param pathOf the path for a model's name
     */
    DatabricksEndpoint(DatabricksSettings settings, SignIn signIn, UnaryOperator<String> pathOf) {
        this.settings = settings;
        this.signIn = signIn;
        this.pathOf = pathOf;
    }

    @Override
    public URI messages(String model, boolean stream) {
        return Urls.below(settings.base(), pathOf.apply(model));
    }

    @Override
    public Optional<URI> models() {
        return Optional.of(Urls.below(settings.base(), "/api/2.0/serving-endpoints"));
    }

    @Override
    public List<ModelInfo> readModels(byte[] body) {
        return ModelList.read(body, "endpoints", DatabricksEndpoint::model);
    }

    /** An endpoint that embeds or classifies is none to talk to. */
    private static Optional<ModelInfo> model(JsonObject endpoint) {
        var task = endpoint.string("task").orElse("llm/v1/chat");
        if (!task.equals("llm/v1/chat")) {
            return Optional.empty();
        }
        var millis = endpoint.integer("creation_timestamp");
        var created =
                millis.isPresent()
                        ? OptionalLong.of(millis.getAsLong() / 1000)
                        : OptionalLong.empty();
        return endpoint.string("name")
                .map(name -> new ModelInfo(name, name, ModelList.date(created)));
    }

    @Override
    public Headers signIn() throws ProviderException, InterruptedException {
        return signIn.headers();
    }

    @Override
    public boolean signInRefused() {
        return signIn.renew();
    }

    @Override
    public String credentialSettings() {
        return settings.credentialSettings();
    }
}
