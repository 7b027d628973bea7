package io.lynkr.provider;

import io.lynkr.resilience.Circuit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/** Writes what the guards do to the log, and passes it on. */
public record GuardLog(GuardListener next) implements GuardListener {
    private static final Logger LOG = LoggerFactory.getLogger(Guards.class);

    @Override
    public void retrying(
            String provider,
            ProviderCall call,
            ProviderException failure,
            int retry,
            Duration delay) {
        LOG.atInfo()
                .addKeyValue("requestId", call.requestId())
                .addKeyValue("provider", provider)
                .addKeyValue("model", call.request().model())
                .addKeyValue("retry", retry)
                .addKeyValue("delayMs", delay.toMillis())
                .addKeyValue("cause", failure.what())
                .addKeyValue("status", failure.error().status())
                .log("a call failed and is tried again");
        next.retrying(provider, call, failure, retry, delay);
    }

    @Override
    public void circuitChanged(String provider, String model, Circuit before, Circuit after) {
        var level = after == Circuit.OPEN ? LOG.atWarn() : LOG.atInfo();
        level.addKeyValue("provider", provider)
                .addKeyValue("model", model)
                .addKeyValue("before", before)
                .addKeyValue("circuit", after)
                .log("a circuit breaker changed its state");
        next.circuitChanged(provider, model, before, after);
    }
}
