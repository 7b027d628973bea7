package io.lynkr.provider.azure;

import io.lynkr.message.Headers;
import io.lynkr.provider.Endpoint;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.SignIn;
import io.lynkr.provider.UpstreamClient;
import io.lynkr.provider.Urls;

import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/** Anthropic's models at a Foundry resource. Deployments are not listed there. */
public final class AzureEndpoint implements Endpoint {
    private final AzureSettings settings;
    private final SignIn signIn;

    /**
     * @param client fetches Entra ID tokens
     */
    public AzureEndpoint(AzureSettings settings, UpstreamClient client, InstantSource clock) {
        this.settings = settings;
        this.signIn = settings.signIn(client, clock);
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
