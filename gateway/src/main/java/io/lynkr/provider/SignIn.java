package io.lynkr.provider;

import io.lynkr.message.Headers;

/** How the gateway shows a backend who it is. Safe for many threads. */
@FunctionalInterface
public interface SignIn {

    /**
     * The headers that carry the credentials.
     *
     * @throws ProviderException with cause {@code CREDENTIALS} if there are none to be had
     */
    Headers headers() throws ProviderException, InterruptedException;

    /**
     * The backend refused what {@link #headers} returned.
     *
     * @return whether asking again can give something better
     */
    default boolean renew() {
        return false;
    }

    /** Headers that never change: a key, or none at all. */
    static SignIn with(Headers headers) {
        return () -> headers;
    }
}
