package io.lynkr.resilience;

import java.time.Instant;
import java.util.Optional;

/**
 * A circuit breaker as metrics show it.
 *
 * @param failureCount counted failures since the last success
 * @param successCount successes since the start
 * @param lastFailure when a failure was last counted
 * @param nextAttempt when an open breaker lets a call through to try
 * @param refusedCount calls it refused since the start
 */
public record CircuitSnapshot(
        Circuit state,
        int failureCount,
        long successCount,
        Optional<Instant> lastFailure,
        Optional<Instant> nextAttempt,
        long refusedCount) {}
