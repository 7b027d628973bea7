package io.lynkr.app;

import io.lynkr.observability.BreakerSnapshot;
import io.lynkr.observability.Metrics;
import io.lynkr.provider.Circuits;
import io.lynkr.provider.Guards;
import io.lynkr.resilience.CircuitSnapshot;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the guards know of the backends, in the words that operators read. */
final class BackendViews {
    private BackendViews() {}

    static Map<String, Metrics.Load> loads(Guards guards) {
        var loads = new TreeMap<String, Metrics.Load>();
        guards.limits()
                .forEach(
                        (provider, state) ->
                                loads.put(
                                        provider,
                                        new Metrics.Load(
                                                state.held(), state.limit(), state.waiting())));
        return loads;
    }

    static List<BreakerSnapshot> breakers(Guards guards) {
        return guards.circuits().entrySet().stream()
                .map(entry -> provider(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static BreakerSnapshot provider(String name, Circuits circuits) {
        var models =
                circuits.models().entrySet().stream()
                        .map(entry -> snapshot(entry.getKey(), entry.getValue(), List.of()))
                        .toList();
        return snapshot(name, circuits.overall(), models);
    }

    private static BreakerSnapshot snapshot(
            String name, CircuitSnapshot circuit, List<BreakerSnapshot> models) {
        return new BreakerSnapshot(
                name,
                circuit.state().name(),
                circuit.failureCount(),
                circuit.successCount(),
                circuit.lastFailure(),
                circuit.nextAttempt(),
                circuit.refusedCount(),
                models);
    }
}
