package io.lynkr.http;

import io.lynkr.observability.BreakerSnapshot;
import io.lynkr.observability.HealthCheck;
import io.lynkr.observability.Metrics;
import io.lynkr.observability.TurnTracer;
import io.lynkr.resilience.Lifecycle;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What operators look at.
 *
 * @param metrics everything that is counted
 * @param tracer hears of every turn when it is over
 * @param breakers how the circuit breakers stand now, one for each provider
 * @param checks of all that the gateway depends on
 * @param lifecycle where the gateway is between its start and its end
 * @param clock the wall clock
 */
public record Monitoring(
        MonitoringSettings settings,
        Metrics metrics,
        TurnTracer tracer,
        Supplier<List<BreakerSnapshot>> breakers,
        List<HealthCheck> checks,
        Lifecycle lifecycle,
        Clock clock) {

    public Monitoring {
        checks = List.copyOf(checks);
    }

    RequestJournal journal() {
        return new RequestJournal(metrics, tracer, settings.requestLog(), System::nanoTime);
    }

    /**
     * The pages. Probes need no access token, since balancers have none; a deep look does, since it
     * costs money.
     */
    List<Routes.Route> routes(String version, String providerName) {
        var routes = new ArrayList<Routes.Route>();
        if (settings.health()) {
            var health = new HealthHandler(checks, lifecycle, clock, version);
            routes.add(Routes.Route.probe("/health", Routes.OPEN, health::summary));
            routes.add(Routes.Route.probe("/health/live", Routes.OPEN, health::live));
            routes.add(
                    Routes.Route.probe(
                            "/health/ready", head -> !HealthHandler.isDeep(head), health::ready));
        }
        if (settings.metrics()) {
            var pages = new MetricsHandler(metrics, breakers, providerName, clock);
            routes.add(Routes.Route.probe("/metrics", Routes.CLOSED, pages::summary));
            routes.add(
                    Routes.Route.probe(
                            "/metrics/observability", Routes.CLOSED, pages::observability));
            routes.add(Routes.Route.probe("/metrics/prometheus", Routes.CLOSED, pages::prometheus));
            routes.add(
                    Routes.Route.probe(
                            "/metrics/circuit-breakers", Routes.CLOSED, pages::circuitBreakers));
        }
        return routes;
    }
}
