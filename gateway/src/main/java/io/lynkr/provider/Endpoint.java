package io.lynkr.provider;

import io.lynkr.message.Headers;
import io.lynkr.message.ModelInfo;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Where a provider's calls go, and how they are signed in. Safe for many threads. */
public interface Endpoint {

    /** Where a request for this model is posted; some backends tell streams apart by path. */
    URI messages(String model, boolean stream);

    /** Where tokens are counted; empty if the backend does not. */
    default Optional<URI> countTokens(String model) {
        return Optional.empty();
    }

    /** Where the backend lists its models; empty if it does not. */
    default Optional<URI> models() {
        return Optional.empty();
    }

    /** What the list of models is asked with, besides the credentials. */
    default Headers modelsHeaders() {
        return Headers.NONE;
    }

    /** Reads the list that {@link #models} answered with. */
    default List<ModelInfo> readModels(byte[] body) {
        return List.of();
    }

    /**
     * The headers that carry the gateway's own credentials. May fetch a token first.
     *
     * @throws ProviderException with cause {@code CREDENTIALS} if there are none to be had
     */
    Headers signIn() throws ProviderException, InterruptedException;

    /**
     * The backend refused what {@link #signIn} returned.
     *
     * @return whether signing in again can give something better
     */
    default boolean signInRefused() {
        return false;
    }

    /** The settings that hold the credentials, named in errors: {@code DATABRICKS_API_KEY}. */
    String credentialSettings();
}
