package io.lynkr.observability;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * What is counted, in the product's words: each method tells that something has happened. The
 * declarations are the fields at the top; {@code docs/metrics.md} is generated from them.
 *
 * <p>Names are the seed's where it has one, the GenAI semantic conventions' where they fit, and
 * {@code lynkr_…} otherwise. Models and tools are labels only once they have proved real.
 */
public final class Metrics {
    private static final int MAX_MODELS = 100;
    private static final int MAX_TOOLS = 200;
    private static final int MAX_EDITS = 50;
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private static final double[] DURATIONS = {
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320, 640, 1800
    };
    private static final double[] FIRST_TOKEN = {
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160, 300
    };
    private static final double[] TOKENS = {
        1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304
    };

    /** One metric as it is declared. */
    public record Declaration(String name, Kind kind, List<String> labels, String help) {
        public Declaration {
            labels = List.copyOf(labels);
        }
    }

    public enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final List<Declaration> declarations = new ArrayList<>();
    private final KnownNames models = new KnownNames(MAX_MODELS);
    private final KnownNames tools = new KnownNames(MAX_TOOLS);
    private final KnownNames edits = new KnownNames(MAX_EDITS);

    final Counter requests =
            counter(
                    "http_requests_total",
                    "Requests answered, refused or given up, by route and status; 499 is a client"
                            + " that left.",
                    "method",
                    "route",
                    "status");
    final Counter requestErrors =
            counter(
                    "http_request_errors_total",
                    "Requests that failed, also those whose stream broke off after status 200.",
                    "route",
                    "outcome");
    final Histogram requestDuration =
            histogram(
                    "http_request_duration_seconds",
                    "From a request's head to the last byte of its answer.",
                    DURATIONS,
                    Optional.of(Unit.SECONDS),
                    "route");
    private final Gauge requestsInFlight =
            gauge("lynkr_requests_in_flight", "Requests that are being answered.");

    final Counter turns =
            counter(
                    "lynkr_turns_total",
                    "Turns (requests to /v1/messages) by how they ended.",
                    "provider",
                    "model",
                    "stream",
                    "outcome");
    final Histogram turnDuration =
            histogram(
                    "lynkr_turn_duration_seconds",
                    "How long turns took that were answered, steps and tools included.",
                    DURATIONS,
                    Optional.of(Unit.SECONDS),
                    "provider",
                    "model");
    final Histogram firstToken =
            histogram(
                    "gen_ai_server_time_to_first_token_seconds",
                    "From a request's head to the first piece of its answer.",
                    FIRST_TOKEN,
                    Optional.of(Unit.SECONDS),
                    "gen_ai_provider_name",
                    "gen_ai_request_model");
    final Gauge streamsInFlight =
            gauge("lynkr_streams_in_flight", "Turns whose client reads a stream, right now.");

    final Counter tokens =
            counter(
                    "lynkr_tokens_total",
                    "Tokens that backends counted; the prompt is input + cache_creation +"
                            + " cache_read.",
                    "provider",
                    "model",
                    "type");
    private final Histogram tokenUsage =
            histogram(
                    "gen_ai_client_token_usage",
                    "Tokens of one call: the whole prompt (input) and the answer (output).",
                    TOKENS,
                    Optional.empty(),
                    "gen_ai_provider_name",
                    "gen_ai_request_model",
                    "gen_ai_token_type");
    final Counter cost =
            counter(
                    "lynkr_cost_usd_total",
                    "What the tokens cost by the price table, in US dollars.",
                    "provider",
                    "model");
    final Counter unpriced =
            counter(
                    "lynkr_unpriced_answers_total",
                    "Answers whose model has no known price, and which lynkr_cost_usd_total lacks.",
                    "provider",
                    "model");

    final Counter upstreamCalls =
            counter(
                    "lynkr_upstream_calls_total",
                    "Calls to backends, every attempt by itself; result is answered or what went"
                            + " wrong.",
                    "provider",
                    "model",
                    "result");
    final Histogram upstreamDuration =
            histogram(
                    "gen_ai_client_operation_duration_seconds",
                    "How long calls to backends took, to the end of the answer.",
                    DURATIONS,
                    Optional.of(Unit.SECONDS),
                    "gen_ai_provider_name",
                    "gen_ai_request_model");
    final Counter retries =
            counter(
                    "lynkr_upstream_retries_total",
                    "Calls that were made again, by what had gone wrong.",
                    "provider",
                    "model",
                    "reason");
    private final Gauge breakerState =
            gauge(
                    "lynkr_circuit_breaker_state",
                    "1 for the state that a circuit breaker is in, 0 for the others.",
                    "provider",
                    "model",
                    "state");
    private final Counter breakerChanges =
            counter(
                    "lynkr_circuit_breaker_changes_total",
                    "How often a circuit breaker went into a state.",
                    "provider",
                    "model",
                    "state");

    final Counter shed =
            counter(
                    "lynkr_requests_shed_total",
                    "Requests refused because the gateway had enough to do, by what was full.",
                    "reason");
    private final Counter policyDecisions =
            counter(
                    "lynkr_policy_decisions_total",
                    "What policy decided about tools; rule is empty for what is allowed.",
                    "tool",
                    "rule",
                    "decision");
    private final Counter toolCalls =
            counter(
                    "lynkr_tool_calls_total",
                    "Tools that ran in the gateway, by how they ended.",
                    "tool",
                    "result");
    private final Histogram toolDuration =
            histogram(
                    "lynkr_tool_duration_seconds",
                    "How long tools ran.",
                    DURATIONS,
                    Optional.of(Unit.SECONDS),
                    "tool");
    private final Counter transcriptTurns =
            counter(
                    "lynkr_transcript_turns_total",
                    "Turns of sessions by what became of them in their transcript: kept, or why"
                            + " they are missing there.",
                    "result");
    private final Counter requestEdits =
            counter(
                    "lynkr_request_edits_total",
                    "What was changed in requests on their way to a backend, as x-lynkr-edits"
                            + " names it.",
                    "edit");
    private final Counter routeFalls =
            counter(
                    "lynkr_route_falls_total",
                    "Requests that fell to the next rung of their route, by the backend that failed"
                            + " and how.",
                    "provider",
                    "reason");
    final Counter cacheLookups =
            counter(
                    "lynkr_response_cache_lookups_total",
                    "Questions to the response cache.",
                    "result");

    /**
     * @param version of the gateway
     */
    public Metrics(String version) {
        Info.builder()
                .name("lynkr_build_info")
                .help(
                        declare(
                                "lynkr_build_info",
                                Kind.GAUGE,
                                "Always 1; says which version of the gateway this is.",
                                "version"))
                .labelNames("version")
                .register(registry)
                .addLabelValues(version);
    }

    /** Adds what the Java machine and the operating system tell of the process. */
    public Metrics withProcessMetrics() {
        registry.register(new ProcessMetrics());
        return this;
    }

    /** Adds the count of log lines that were thrown away, as the log keeps it. */
    public Metrics withDroppedLogLines(LongSupplier dropped) {
        var name = "lynkr_log_lines_dropped_total";
        CounterWithCallback.builder()
                .name(name)
                .help(
                        declare(
                                name,
                                Kind.COUNTER,
                                "Log lines thrown away because nobody took them off fast enough."))
                .callback(callback -> callback.call((double) dropped.getAsLong()))
                .register(registry);
        return this;
    }

    /**
     * How full a backend is.
     *
     * @param limit calls that it is given at once at most, for now
     */
    public record Load(long inFlight, long limit, long waiting) {}

    /** Adds how full the backends are, each by its name, as their limits know it. */
    public Metrics withBackendLoad(Supplier<Map<String, Load>> loads) {
        load(
                "lynkr_upstream_in_flight",
                "Calls to a backend that are under way.",
                loads,
                Load::inFlight);
        load(
                "lynkr_upstream_limit",
                "Calls that a backend is given at once at most, for now.",
                loads,
                Load::limit);
        load(
                "lynkr_upstream_waiting",
                "Calls that wait for a place at a backend.",
                loads,
                Load::waiting);
        return this;
    }

    /**
     * Adds how full the response cache is.
     *
     * @param entries how many answers are kept
     * @param bytes what they fill
     */
    public Metrics withResponseCache(LongSupplier entries, LongSupplier bytes) {
        reading("lynkr_response_cache_entries", "Answers in the response cache.", entries);
        reading(
                "lynkr_response_cache_bytes",
                "What the answers in the response cache fill of the memory.",
                bytes);
        return this;
    }

    private void reading(String name, String help, LongSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(declare(name, Kind.GAUGE, help))
                .callback(callback -> callback.call((double) value.getAsLong()))
                .register(registry);
    }

    private void load(
            String name,
            String help,
            Supplier<Map<String, Load>> loads,
            ToLongFunction<Load> part) {
        GaugeWithCallback.builder()
                .name(name)
                .help(declare(name, Kind.GAUGE, help, "provider"))
                .labelNames("provider")
                .callback(
                        callback ->
                                loads.get()
                                        .forEach(
                                                (provider, load) ->
                                                        callback.call(
                                                                (double) part.applyAsLong(load),
                                                                provider)))
                .register(registry);
    }

    /** A model that the configuration names may be a label before it has served. */
    public void expectModel(String model) {
        models.learn(model);
    }

    /** A request's head has come. */
    public void requestStarted() {
        requestsInFlight.inc();
    }

    /**
     * A request is over.
     *
     * @param route the pattern that it matched, not the path that it asked for
     */
    public void requestFinished(
            String method, String route, int status, Outcome outcome, Duration took) {
        requestsInFlight.dec();
        var methodLabel = METHODS.contains(method) ? method : KnownNames.OTHER;
        requests.labelValues(methodLabel, route, Integer.toString(status)).inc();
        requestDuration.labelValues(route).observe(seconds(took));
        if (outcome.isFailure()) {
            requestErrors.labelValues(route, outcome.word()).inc();
        }
    }

    /** A client has begun to wait for a stream. */
    public void streamStarted() {
        streamsInFlight.inc();
    }

    public void streamFinished() {
        streamsInFlight.dec();
    }

    /**
     * A turn is over.
     *
     * @param firstToken how long the first piece of the answer took, if there was one
     */
    public void turnFinished(
            Outcome outcome,
            String provider,
            String model,
            boolean stream,
            Duration took,
            Optional<Duration> firstToken) {
        boolean answered = outcome.fault() == Outcome.Fault.NOBODY;
        var modelLabel = answered ? models.learn(model) : models.label(model);
        turns.labelValues(provider, modelLabel, Boolean.toString(stream), outcome.word()).inc();
        if (answered) {
            turnDuration.labelValues(provider, modelLabel).observe(seconds(took));
        }
        firstToken.ifPresent(
                first -> this.firstToken.labelValues(provider, modelLabel).observe(seconds(first)));
    }

    /** A backend has counted the tokens of an answer. */
    public void tokensUsed(String provider, String model, RequestFacts.Tokens used) {
        var label = models.learn(model);
        tokens.labelValues(provider, label, "input").inc(used.input());
        tokens.labelValues(provider, label, "cache_creation").inc(used.cacheCreation());
        tokens.labelValues(provider, label, "cache_read").inc(used.cacheRead());
        tokens.labelValues(provider, label, "output").inc(used.output());
        tokenUsage.labelValues(provider, label, "input").observe((double) used.prompt());
        tokenUsage.labelValues(provider, label, "output").observe((double) used.output());
    }

    /** An answer has cost this many US dollars. */
    public void cost(String provider, String model, BigDecimal dollars) {
        cost.labelValues(provider, models.learn(model)).inc(dollars.doubleValue());
    }

    /** An answer has a price that nobody knows. */
    public void priceUnknown(String provider, String model) {
        unpriced.labelValues(provider, models.learn(model)).inc();
    }

    /**
     * One attempt at a backend is over.
     *
     * @param result {@code answered}, or what went wrong in one word
     */
    public void upstreamCall(String provider, String model, String result, Duration took) {
        boolean answered = result.equals("answered");
        var label = answered ? models.learn(model) : models.label(model);
        upstreamCalls.labelValues(provider, label, result).inc();
        if (answered) {
            upstreamDuration.labelValues(provider, label).observe(seconds(took));
        }
    }

    /**
     * A call is made again.
     *
     * @param reason what had gone wrong, in the words of {@link #upstreamCall}
     */
    public void retried(String provider, String model, String reason) {
        retries.labelValues(provider, models.label(model), reason).inc();
    }

    /**
     * The circuit breaker for a model went into a state.
     *
     * @param state {@code CLOSED}, {@code OPEN} or {@code HALF_OPEN}
     */
    public void breakerChanged(String provider, String model, String state) {
        var label = models.label(model);
        for (var each : List.of("CLOSED", "OPEN", "HALF_OPEN")) {
            breakerState.labelValues(provider, label, each).set(each.equals(state) ? 1 : 0);
        }
        breakerChanges.labelValues(provider, label, state).inc();
    }

    /** A request was refused because something was full; one word says what. */
    public void shed(String reason) {
        shed.labelValues(reason).inc();
    }

    /**
     * Policy has decided about a tool that the catalog knows.
     *
     * @param rule the rule that denied; empty if it was allowed
     */
    public void policyDecision(String tool, String rule, boolean allowed) {
        policyDecisions.labelValues(tools.learn(tool), rule, allowed ? "allow" : "deny").inc();
    }

    /**
     * A tool that the catalog knows has run.
     *
     * @param result how it ended, in one word
     */
    public void toolCall(String tool, String result, Duration took) {
        var label = tools.learn(tool);
        toolCalls.labelValues(label, result).inc();
        toolDuration.labelValues(label).observe(seconds(took));
    }

    /**
     * Turns were written to their transcripts, or are missing there.
     *
     * @param result {@code kept}, or the reason in one word
     */
    public void transcriptTurns(String result, int turns) {
        transcriptTurns.labelValues(result).inc(turns);
    }

    /** A request was changed on its way; the edits are named as in {@code x-lynkr-edits}. */
    public void editsMade(List<String> names) {
        for (var name : names) {
            requestEdits.labelValues(edits.learn(name)).inc();
        }
    }

    /**
     * A request fell to the next rung of its route.
     *
     * @param provider who failed
     * @param reason in one word
     */
    public void routeFell(String provider, String reason) {
        routeFalls.labelValues(provider, reason).inc();
    }

    /**
     * The response cache was asked.
     *
     * @param result {@code hit}, {@code miss} or another word
     */
    public void cacheLookup(String result) {
        cacheLookups.labelValues(result).inc();
    }

    /** All metrics of ours, in the order in which one would read about them. */
    public List<Declaration> declarations() {
        return List.copyOf(declarations);
    }

    /** How all metrics stand now. */
    MetricSnapshots scrape() {
        return registry.scrape();
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.builder()
                .name(name)
                .help(declare(name, Kind.COUNTER, help, labels))
                .labelNames(labels)
                .withoutExemplars()
                .register(registry);
    }

    private Gauge gauge(String name, String help, String... labels) {
        return Gauge.builder()
                .name(name)
                .help(declare(name, Kind.GAUGE, help, labels))
                .labelNames(labels)
                .withoutExemplars()
                .register(registry);
    }

    /** Classic buckets for Prometheus, and fine exponential ones from which percentiles come. */
    private Histogram histogram(
            String name, String help, double[] bounds, Optional<Unit> unit, String... labels) {
        var builder =
                Histogram.builder()
                        .name(name)
                        .help(declare(name, Kind.HISTOGRAM, help, labels))
                        .labelNames(labels)
                        .classicUpperBounds(bounds)
                        .nativeMaxNumberOfBuckets(512)
                        .withoutExemplars();
        unit.ifPresent(builder::unit);
        return builder.register(registry);
    }

    /** Notes a metric for the documentation; returns its help. */
    private String declare(String name, Kind kind, String help, String... labels) {
        declarations.add(new Declaration(name, kind, List.of(labels), help));
        return help;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
