package io.lynkr.provider;

import io.lynkr.resilience.Circuit;
import io.lynkr.resilience.CircuitBreaker;
import io.lynkr.resilience.CircuitSnapshot;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The circuit breakers of one provider.
 *
 * @param overall as if they were one: the worst state, the highest count of failures, all successes
 * @param models each by itself, by the backend's name of the model
 */
public record Circuits(CircuitSnapshot overall, SortedMap<String, CircuitSnapshot> models) {

    static Circuits of(Map<String, CircuitBreaker> breakers) {
        var models = new TreeMap<String, CircuitSnapshot>();
        breakers.forEach((model, breaker) -> models.put(model, breaker.snapshot()));
        return new Circuits(overall(models.values()), models);
    }

    private static CircuitSnapshot overall(Collection<CircuitSnapshot> all) {
        return new CircuitSnapshot(
                all.stream()
                        .map(CircuitSnapshot::state)
                        .max(Comparator.naturalOrder())
                        .orElse(Circuit.CLOSED),
                all.stream().mapToInt(CircuitSnapshot::failureCount).max().orElse(0),
                all.stream().mapToLong(CircuitSnapshot::successCount).sum(),
                times(all, CircuitSnapshot::lastFailure).max(Comparator.naturalOrder()),
                times(all, CircuitSnapshot::nextAttempt).min(Comparator.naturalOrder()),
                all.stream().mapToLong(CircuitSnapshot::refusedCount).sum());
    }

    private static Stream<Instant> times(
            Collection<CircuitSnapshot> all, Function<CircuitSnapshot, Optional<Instant>> time) {
        return all.stream().map(time).flatMap(Optional::stream);
    }
}
