package io.lynkr.observability;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a circuit breaker stands.
 *
 * @param name what it guards: a provider, or a model
 * @param state {@code CLOSED}, {@code OPEN} or {@code HALF_OPEN}
 * @param failureCount failures in a row
 * @param successCount successes since the start
 * @param nextAttempt when an open one lets the next call through
 * @param refusedCount calls refused since the start
 * @param models those that a provider's one sums up; none for a model's
 */
public record BreakerSnapshot(
        String name,
        String state,
        long failureCount,
        long successCount,
        Optional<Instant> lastFailure,
        Optional<Instant> nextAttempt,
        long refusedCount,
        List<BreakerSnapshot> models) {
    public BreakerSnapshot {
        models = List.copyOf(models);
    }
}
