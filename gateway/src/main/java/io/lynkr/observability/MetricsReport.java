package io.lynkr.observability;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.Labels;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The counts since the start, for a person or a script to read; no times in it but milliseconds.
 *
 * @param requests requests to the API, that is under {@code /v1/}
 * @param latency of these requests
 * @param turnLatency of turns that were answered
 * @param firstToken of turns, from the request to the first piece of its answer
 * @param streams clients that read a stream right now
 * @param total all backends together
 * @param backends each by its name
 * @param turns by outcome
 * @param shed refused requests, by what was full
 * @param cacheLookups questions to the response cache, by result
 */
public record MetricsReport(
        Requests requests,
        Distribution latency,
        Distribution turnLatency,
        Distribution firstToken,
        long streams,
        Backend total,
        Map<String, Backend> backends,
        Map<String, Long> turns,
        Map<String, Long> shed,
        Map<String, Long> cacheLookups) {
    private static final String API = "/v1/";

    public record Requests(long total, long errors) {

        public double errorRate() {
            return total == 0 ? 0 : (double) errors / total;
        }
    }

    /** In milliseconds; empty if nothing was seen. */
    public record Distribution(
            long count,
            OptionalDouble mean,
            OptionalDouble p50,
            OptionalDouble p95,
            OptionalDouble p99) {}

    /**
     * What one backend, or one model of it, has done.
     *
     * @param calls attempts, each by itself
     * @param retries those of them that were made again
     * @param costUsd what its answers cost, apart from those in {@code unpriced}
     * @param unpriced answers with no known price
     * @param latency of calls that were answered
     * @param models each by its name; none within a model
     */
    public record Backend(
            long calls,
            long successes,
            long retries,
            RequestFacts.Tokens tokens,
            double costUsd,
            long unpriced,
            Distribution latency,
            Distribution firstToken,
            Map<String, Backend> models) {

        public long failures() {
            return calls - successes;
        }

        public double successRate() {
            return calls == 0 ? 0 : (double) successes / calls;
        }
    }

    /** Reads the counts as they are now. */
    public static MetricsReport of(Metrics metrics) {
        var api = where("route", route -> route.startsWith(API));
        var backends = new TreeMap<String, Backend>();
        for (var name : values(metrics.upstreamCalls, "provider", MetricsReport::any)) {
            backends.put(name, backendWithModels(metrics, name));
        }
        return new MetricsReport(
                new Requests(
                        (long) sum(metrics.requests, api), (long) sum(metrics.requestErrors, api)),
                distribution(metrics.requestDuration, api),
                distribution(metrics.turnDuration, MetricsReport::any),
                distribution(metrics.firstToken, MetricsReport::any),
                (long) metrics.streamsInFlight.get(),
                backend(metrics, MetricsReport::any, MetricsReport::any, Map.of()),
                backends,
                byLabel(metrics.turns, "outcome"),
                byLabel(metrics.shed, "reason"),
                byLabel(metrics.cacheLookups, "result"));
    }

    private static Backend backendWithModels(Metrics metrics, String name) {
        var ours = where("provider", name::equals);
        var models = new TreeMap<String, Backend>();
        for (var model : values(metrics.upstreamCalls, "model", ours)) {
            models.put(
                    model,
                    backend(
                            metrics,
                            ours.and(where("model", model::equals)),
                            where("gen_ai_provider_name", name::equals)
                                    .and(where("gen_ai_request_model", model::equals)),
                            Map.of()));
        }
        return backend(metrics, ours, where("gen_ai_provider_name", name::equals), models);
    }

    private static Backend backend(
            Metrics metrics,
            Predicate<Labels> series,
            Predicate<Labels> genAiSeries,
            Map<String, Backend> models) {
        return new Backend(
                (long) sum(metrics.upstreamCalls, series),
                (long) sum(metrics.upstreamCalls, series.and(where("result", "answered"::equals))),
                (long) sum(metrics.retries, series),
                new RequestFacts.Tokens(
                        tokens(metrics, series, "input"),
                        tokens(metrics, series, "cache_creation"),
                        tokens(metrics, series, "cache_read"),
                        tokens(metrics, series, "output")),
                sum(metrics.cost, series),
                (long) sum(metrics.unpriced, series),
                distribution(metrics.upstreamDuration, genAiSeries),
                distribution(metrics.firstToken, genAiSeries),
                models);
    }

    private static long tokens(Metrics metrics, Predicate<Labels> series, String type) {
        return (long) sum(metrics.tokens, series.and(where("type", type::equals)));
    }

    private static boolean any(Labels labels) {
        return true;
    }

    private static Predicate<Labels> where(String label, Predicate<String> value) {
        return labels -> value.test(labels.get(label));
    }

    private static double sum(Counter counter, Predicate<Labels> series) {
        return counter.collect().getDataPoints().stream()
                .filter(point -> series.test(point.getLabels()))
                .mapToDouble(point -> point.getValue())
                .sum();
    }

    private static Iterable<String> values(
            Counter counter, String label, Predicate<Labels> series) {
        return counter.collect().getDataPoints().stream()
                .map(point -> point.getLabels())
                .filter(series)
                .map(labels -> labels.get(label))
                .distinct()
                .toList();
    }

    private static Map<String, Long> byLabel(Counter counter, String label) {
        var counts = new TreeMap<String, Long>();
        for (var point : counter.collect().getDataPoints()) {
            counts.merge(point.getLabels().get(label), (long) point.getValue(), Long::sum);
        }
        return counts;
    }

    private static Distribution distribution(Histogram histogram, Predicate<Labels> series) {
        var seen = new Percentiles();
        histogram.collect().getDataPoints().stream()
                .filter(point -> series.test(point.getLabels()))
                .forEach(seen::add);
        return new Distribution(
                seen.count(),
                seen.count() == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(seen.sum() / seen.count() * 1000),
                millis(seen.at(0.50)),
                millis(seen.at(0.95)),
                millis(seen.at(0.99)));
    }

    private static OptionalDouble millis(OptionalDouble seconds) {
        return seconds.isPresent()
                ? OptionalDouble.of(seconds.getAsDouble() * 1000)
                : OptionalDouble.empty();
    }
}
