package io.lynkr.http;

import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonNumber;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;
import io.lynkr.message.Headers;
import io.lynkr.observability.BreakerSnapshot;
import io.lynkr.observability.Metrics;
import io.lynkr.observability.MetricsReport;
import io.lynkr.observability.MetricsReport.Backend;
import io.lynkr.observability.MetricsReport.Distribution;
import io.lynkr.observability.PrometheusText;
import io.lynkr.observability.RequestFacts.Tokens;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** {@code GET /metrics} and the pages below it. */
final class MetricsHandler {
    private static final Headers FRESH = Headers.of("cache-control", "no-store");

    private final Metrics metrics;
    private final Supplier<List<BreakerSnapshot>> breakers;
    private final String providerName;
    private final Clock clock;
    private final long startNanos = System.nanoTime();

    MetricsHandler(
            Metrics metrics,
            Supplier<List<BreakerSnapshot>> breakers,
            String providerName,
            Clock clock) {
        this.metrics = metrics;
        this.breakers = breakers;
        this.providerName = providerName;
        this.clock = clock;
    }

    /** A handful of figures; a scraper that comes to the usual address gets its own format. */
    void summary(Exchange exchange) {
        if (wantsText(exchange)) {
            prometheus(exchange);
            return;
        }
        var report = MetricsReport.of(metrics);
        var requests = report.requests();
        var responses =
                JsonObject.EMPTY
                        .with("success", requests.total() - requests.errors())
                        .with("error", requests.errors());
        respond(
                exchange,
                JsonObject.EMPTY
                        .with("requestsTotal", requests.total())
                        .with("responses", responses)
                        .with("streamingSessions", report.streams())
                        .with("timestamp", time(clock.instant())));
    }

    private static boolean wantsText(Exchange exchange) {
        var accept = exchange.head().headers().first("accept").orElse("");
        return accept.contains("text/plain") || accept.contains("openmetrics");
    }

    void prometheus(Exchange exchange) {
        var accept = exchange.head().headers().first("accept").orElse("");
        var page = PrometheusText.of(metrics, accept);
        exchange.respond(200, FRESH, page.contentType(), page.text());
    }

    void observability(Exchange exchange) {
        var report = MetricsReport.of(metrics);
        var requests = report.requests();
        var json =
                JsonObject.EMPTY
                        .with(
                                "requests",
                                JsonObject.EMPTY
                                        .with("total", requests.total())
                                        .with("errors", requests.errors())
                                        .with("errorRate", share(requests.errorRate())))
                        .with("latency", distribution(report.latency()))
                        .with("turnLatency", distribution(report.turnLatency()))
                        .with("firstToken", distribution(report.firstToken()))
                        .with("tokens", tokens(report.total().tokens()))
                        .with("cost", cost(report.total()))
                        .with(providerName, backend(backendOf(report)));
        var backends = JsonObject.EMPTY;
        for (var each : report.backends().entrySet()) {
            var models = JsonObject.EMPTY;
            for (var model : each.getValue().models().entrySet()) {
                models = models.with(model.getKey(), detailed(model.getValue()));
            }
            backends =
                    backends.with(each.getKey(), detailed(each.getValue()).with("models", models));
        }
        respond(
                exchange,
                json.with("backends", backends)
                        .with("turns", counts(report.turns()))
                        .with("shed", counts(report.shed()))
                        .with("streamingSessions", report.streams())
                        .with("memory", memory())
                        .with("uptimeSeconds", (System.nanoTime() - startNanos) / 1_000_000_000)
                        .with("timestamp", time(clock.instant())));
    }

    /** The configured one, also before its first call. */
    private Backend backendOf(MetricsReport report) {
        var nothing =
                new Distribution(
                        0,
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty());
        return report.backends()
                .getOrDefault(
                        providerName,
                        new Backend(0, 0, 0, Tokens.NONE, 0, 0, nothing, nothing, Map.of()));
    }

    void circuitBreakers(Exchange exchange) {
        var json = JsonObject.EMPTY;
        for (var breaker : breakers.get()) {
            json = json.with(breaker.name(), breaker(breaker).with("models", models(breaker)));
        }
        respond(exchange, json);
    }

    private static JsonObject models(BreakerSnapshot provider) {
        var models = JsonObject.EMPTY;
        for (var model : provider.models()) {
            models = models.with(model.name(), breaker(model));
        }
        return models;
    }

    private static JsonObject breaker(BreakerSnapshot breaker) {
        return JsonObject.of("state", breaker.state())
                .with("failureCount", breaker.failureCount())
                .with("successCount", breaker.successCount())
                .with("lastFailure", timeOrNull(breaker.lastFailure()))
                .with("nextAttempt", timeOrNull(breaker.nextAttempt()))
                .with("refusedCount", breaker.refusedCount());
    }

    private static JsonObject backend(Backend backend) {
        return JsonObject.EMPTY
                .with("requests", backend.calls())
                .with("successes", backend.successes())
                .with("failures", backend.failures())
                .with("successRate", share(backend.successRate()))
                .with("retries", backend.retries());
    }

    private static JsonObject detailed(Backend backend) {
        return backend(backend)
                .with("tokens", tokens(backend.tokens()))
                .with("cost", cost(backend))
                .with("latency", distribution(backend.latency()))
                .with("firstToken", distribution(backend.firstToken()));
    }

    /** In milliseconds; null where nothing was seen. */
    private static JsonObject distribution(Distribution seen) {
        return JsonObject.EMPTY
                .with("p50", millis(seen.p50()))
                .with("p95", millis(seen.p95()))
                .with("p99", millis(seen.p99()))
                .with("mean", millis(seen.mean()))
                .with("count", seen.count());
    }

    private static JsonObject tokens(Tokens tokens) {
        return JsonObject.EMPTY
                .with("input", tokens.prompt())
                .with("output", tokens.output())
                .with("total", tokens.prompt() + tokens.output())
                .with("cacheCreation", tokens.cacheCreation())
                .with("cacheRead", tokens.cacheRead());
    }

    /** A total that leaves out answers of unknown price says how many, and that it is not whole. */
    private static JsonObject cost(Backend backend) {
        return JsonObject.EMPTY
                .with("total", number(backend.costUsd(), new MathContext(9)))
                .with("currency", "USD")
                .with("complete", backend.unpriced() == 0)
                .with("unpricedAnswers", backend.unpriced());
    }

    private static JsonObject counts(Map<String, Long> counts) {
        var json = JsonObject.EMPTY;
        for (var each : counts.entrySet()) {
            json = json.with(each.getKey(), each.getValue());
        }
        return json;
    }

    private static JsonObject memory() {
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return JsonObject.EMPTY
                .with("heapUsedBytes", heap.getUsed())
                .with("heapCommittedBytes", heap.getCommitted())
                .with("heapMaxBytes", heap.getMax());
    }

    private static JsonValue millis(OptionalDouble value) {
        return value.isPresent()
                ? JsonNumber.of(
                        BigDecimal.valueOf(value.getAsDouble()).setScale(1, RoundingMode.HALF_UP))
                : JsonNull.NULL;
    }

    private static JsonValue share(double value) {
        return number(value, new MathContext(4));
    }

    private static JsonValue number(double value, MathContext precision) {
        var plain = new BigDecimal(value).round(precision).stripTrailingZeros().toPlainString();
        return new JsonNumber(plain);
    }

    private static JsonValue timeOrNull(Optional<Instant> time) {
        return time.<JsonValue>map(at -> JsonString.of(time(at))).orElse(JsonNull.NULL);
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static void respond(Exchange exchange, JsonObject json) {
        exchange.respondJson(200, FRESH, json.toBytes());
    }
}
