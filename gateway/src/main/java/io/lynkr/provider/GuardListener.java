package io.lynkr.provider;

import io.lynkr.resilience.Circuit;

import java.time.Duration;

/** Hears what the guards around a provider do. Called by many threads, and must not block. */
public interface GuardListener {

    /** Nobody listens. */
    GuardListener NONE = new GuardListener() {};

    /**
     * A call failed and will be tried again.
     *
     * @param retry 1 for the first
     * @param delay how long it waits before
     */
    default void retrying(
            String provider,
            ProviderCall call,
            ProviderException failure,
            int retry,
            Duration delay) {}

    /** A circuit breaker opened, closed, or lets a call through to try. */
    default void circuitChanged(String provider, String model, Circuit before, Circuit after) {}
}
