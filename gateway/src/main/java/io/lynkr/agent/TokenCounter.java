package io.lynkr.agent;

import io.lynkr.message.ApiException;
import io.lynkr.provider.ModelAliases;
import io.lynkr.provider.Provider;
import io.lynkr.provider.ProviderCall;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.TokenEstimator;

/** Counts the tokens of a prompt: the backend's own count where it has one, else an estimate. */
public final class TokenCounter {
    private final Provider provider;
    private final ModelAliases aliases;
    private final TokenEstimator estimator;

    public TokenCounter(Provider provider, ModelAliases aliases, TokenEstimator estimator) {
        this.provider = provider;
        this.aliases = aliases;
        this.estimator = estimator;
    }

    /**
     * @param estimated whether the backend did not count itself
     */
    public record Count(long inputTokens, boolean estimated) {}

    /**
     * Counts the prompt of a request.
     *
     * @throws ApiException if the backend refused the request itself
     */
    public Count count(Turn turn) throws InterruptedException {
        var request = aliases.applyTo(turn.request());
        var call = new ProviderCall(request, turn.headers(), turn.deadline(), turn.requestId());
        try {
            var counted = provider.countTokens(call);
            if (counted.isPresent()) {
                return new Count(counted.getAsLong(), false);
            }
        } catch (ProviderException failure) {
            if (failure.error().status() == 400) {
                throw new ApiException(failure.error(), failure.headers());
            }
            // A backend that cannot count, or not now, must not keep the client from going on.
        }
        return new Count(estimator.estimate(request), true);
    }
}
