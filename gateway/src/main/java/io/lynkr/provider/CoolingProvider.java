package io.lynkr.provider;

import io.lynkr.message.ApiError;
import io.lynkr.resilience.Cooldown;
import io.lynkr.resilience.RetryAfter;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Leaves a model alone for as long as the backend asked when it throttled: everybody else would be
 * refused as well.
 */
record CoolingProvider(
        Provider inner, PerModel<Cooldown> cooldowns, Clock clock, DoubleSupplier random)
        implements Layer {
    /** Beyond this, asking once in a while is better than trusting what was said. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @Override
    public Reply send(ProviderCall call) throws ProviderException, InterruptedException {
        var cooldown = cooldowns.of(call.request().model());
        var left = cooldown.remaining();
        if (left.isPositive()) {
            throw coolingDown(call.request().model(), left);
        }
        try {
            return inner.send(call);
        } catch (ProviderException failure) {
            throttle(failure).ifPresent(cooldown::extend);
            throw failure;
        }
    }

    private ProviderException coolingDown(String model, Duration left) {
        var message =
                "the backend %s throttles %s and asked to be left alone for another %d s"
                        .formatted(name(), model, left.toSeconds() + 1);
        return new ProviderException(
                ProviderException.Cause.COOLING_DOWN,
                new ApiError(429, "rate_limit_error", message),
                BackOff.after(left, random),
                Optional.empty());
    }

    private Optional<Duration> throttle(ProviderException failure) {
        if (failure.error().status() != 429) {
            return Optional.empty();
        }
        return failure.headers()
                .first(BackOff.RETRY_AFTER)
                .flatMap(text -> RetryAfter.parse(text, clock.instant()))
                .map(asked -> asked.compareTo(LONGEST) < 0 ? asked : LONGEST);
    }
}
