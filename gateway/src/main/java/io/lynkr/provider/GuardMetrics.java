package io.lynkr.provider;

import io.lynkr.observability.Metrics;
import io.lynkr.observability.RequestFacts;
import io.lynkr.resilience.Circuit;

import java.time.Duration;

/** Counts what the guards do. */
public record GuardMetrics(Metrics metrics) implements GuardListener {

    @Override
    public void retrying(
            String provider,
            ProviderCall call,
            ProviderException failure,
            int retry,
            Duration delay) {
        metrics.retried(provider, call.request().model(), failure.word());
        RequestFacts.current().retried();
    }

    @Override
    public void circuitChanged(String provider, String model, Circuit before, Circuit after) {
        metrics.breakerChanged(provider, model, after.name());
    }
}
