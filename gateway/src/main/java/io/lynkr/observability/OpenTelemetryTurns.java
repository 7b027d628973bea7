package io.lynkr.observability;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Traces and metrics of turns in the words of OpenTelemetry's conventions for generative AI: a span
 * for the request, one for the model's work below it. What was said is never recorded.
 */
public final class OpenTelemetryTurns implements TurnTracer {
    private static final AttributeKey<String> PROVIDER =
            AttributeKey.stringKey("gen_ai.provider.name");
    private static final AttributeKey<String> MODEL =
            AttributeKey.stringKey("gen_ai.request.model");
    private static final AttributeKey<String> OPERATION =
            AttributeKey.stringKey("gen_ai.operation.name");
    private static final AttributeKey<String> TOKEN_TYPE =
            AttributeKey.stringKey("gen_ai.token.type");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final OpenTelemetrySdk sdk;
    private final Clock clock;
    private final Tracer tracer;
    private final DoubleHistogram durations;
    private final DoubleHistogram firstTokens;
    private final LongHistogram tokens;

    private OpenTelemetryTurns(OpenTelemetrySdk sdk, String version, Clock clock) {
        this.sdk = sdk;
        this.clock = clock;
        this.tracer =
                sdk.getTracerProvider()
                        .tracerBuilder("io.lynkr")
                        .setInstrumentationVersion(version)
                        .build();
        var meter =
                ((OpenTelemetry) sdk)
                        .getMeterProvider()
                        .meterBuilder("io.lynkr")
                        .setInstrumentationVersion(version)
                        .build();
        this.durations =
                meter.histogramBuilder("gen_ai.client.operation.duration")
                        .setUnit("s")
                        .setExplicitBucketBoundariesAdvice(
                                List.of(
                                        0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12,
                                        10.24, 20.48, 40.96, 81.92))
                        .build();
        this.firstTokens =
                meter.histogramBuilder("gen_ai.server.time_to_first_token")
                        .setUnit("s")
                        .setExplicitBucketBoundariesAdvice(
                                List.of(
                                        0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5,
                                        0.75, 1.0, 2.5, 5.0, 7.5, 10.0))
                        .build();
        this.tokens =
                meter.histogramBuilder("gen_ai.client.token.usage")
                        .ofLongs()
                        .setUnit("{token}")
                        .setExplicitBucketBoundariesAdvice(
                                List.of(
                                        1L,
                                        4L,
                                        16L,
                                        64L,
                                        256L,
                                        1024L,
                                        4096L,
                                        16_384L,
                                        65_536L,
                                        262_144L,
                                        1_048_576L,
                                        4_194_304L,
                                        16_777_216L,
                                        67_108_864L))
                        .build();
    }

    /** Whether the standard variables ask for anything to be collected. */
    public static boolean isAskedFor(Map<String, String> variables) {
        boolean disabled = "true".equalsIgnoreCase(variables.get("OTEL_SDK_DISABLED"));
        return !disabled
                && variables.keySet().stream()
                        .anyMatch(
                                name ->
                                        name.matches(
                                                "OTEL_(EXPORTER_OTLP_.*ENDPOINT|(TRACES|METRICS)_EXPORTER)"));
    }

    /**
     * Starts to collect, and to send from time to time.
     *
     * @param variables the {@code OTEL_*} variables by their names
     * @param version the gateway's own
     * @throws IllegalArgumentException if they make no sense; the message says why
     */
    public static OpenTelemetryTurns start(
            Map<String, String> variables, String version, Clock clock) {
        try {
            var sdk =
                    AutoConfiguredOpenTelemetrySdk.builder()
                            .disableShutdownHook()
                            .addPropertiesSupplier(() -> properties(variables))
                            .build()
                            .getOpenTelemetrySdk();
            return new OpenTelemetryTurns(sdk, version, clock);
        } catch (RuntimeException wrong) {
            throw new IllegalArgumentException(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static Map<String, String> properties(Map<String, String> variables) {
        var properties = new HashMap<String, String>();
        properties.put("otel.service.name", "lynkr");
        properties.put("otel.exporter.otlp.protocol", "http/protobuf");
        properties.put("otel.logs.exporter", "none");
        variables.forEach(
                (name, value) ->
                        properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value));
        return properties;
    }

    @Override
    public void finished(
            RequestFacts facts,
            Outcome outcome,
            int status,
            Duration took,
            Optional<String> parent) {
        var end = clock.instant();
        var start = end.minus(took);
        var common =
                Attributes.of(OPERATION, "chat", PROVIDER, facts.provider(), MODEL, facts.model());
        trace(facts, outcome, status, parent, common, start, end);
        count(facts, outcome, took, common);
    }

    private void trace(
            RequestFacts facts,
            Outcome outcome,
            int status,
            Optional<String> parent,
            Attributes common,
            Instant start,
            Instant end) {
        var request =
                tracer.spanBuilder("POST /v1/messages")
                        .setParent(contextOf(parent))
                        .setSpanKind(SpanKind.SERVER)
                        .setStartTimestamp(start)
                        .setAttribute("http.request.method", "POST")
                        .setAttribute("http.route", "/v1/messages")
                        .setAttribute("http.response.status_code", (long) status)
                        .setAttribute("lynkr.outcome", outcome.word())
                        .startSpan();
        if (!facts.session().isEmpty()) {
            request.setAttribute("session.id", facts.session());
        }
        if (!facts.provider().isEmpty()) {
            model(facts, outcome, common, request, start).end(end);
        }
        markFailure(request, outcome);
        request.end(end);
    }

    private Span model(
            RequestFacts facts, Outcome outcome, Attributes common, Span request, Instant start) {
        var used = facts.tokens();
        var span =
                tracer.spanBuilder("chat " + facts.model())
                        .setParent(Context.root().with(request))
                        .setSpanKind(SpanKind.CLIENT)
                        .setStartTimestamp(start)
                        .setAllAttributes(common)
                        .setAttribute("gen_ai.usage.input_tokens", used.prompt())
                        .setAttribute("gen_ai.usage.cache_read.input_tokens", used.cacheRead())
                        .setAttribute(
                                "gen_ai.usage.cache_creation.input_tokens", used.cacheCreation())
                        .setAttribute("gen_ai.usage.output_tokens", used.output())
                        .setAttribute("lynkr.steps", (long) facts.steps())
                        .setAttribute("lynkr.retries", (long) facts.retries())
                        .setAttribute("lynkr.tool_calls", (long) facts.toolCalls())
                        .startSpan();
        if (!facts.session().isEmpty()) {
            span.setAttribute("gen_ai.conversation.id", facts.session());
        }
        facts.timeToFirstToken()
                .ifPresent(first -> span.addEvent("gen_ai.first_token", start.plus(first)));
        markFailure(span, outcome);
        return span;
    }

    private static void markFailure(Span span, Outcome outcome) {
        if (outcome.fault() != Outcome.Fault.NOBODY) {
            span.setStatus(StatusCode.ERROR);
            span.setAttribute(ERROR, outcome.word());
        }
    }

    private static Context contextOf(Optional<String> parent) {
        return W3CTraceContextPropagator.getInstance()
                .extract(Context.root(), parent.orElse(""), ParentHeader.INSTANCE);
    }

    /** Gives the propagator the only header that it needs. */
    private enum ParentHeader implements TextMapGetter<String> {
        INSTANCE;

        @Override
        public @Nullable String get(@Nullable String parent, String key) {
            return key.equals("traceparent") ? parent : null;
        }
    }

    private void count(RequestFacts facts, Outcome outcome, Duration took, Attributes common) {
        if (facts.provider().isEmpty()) {
            return;
        }
        boolean failed = outcome.fault() != Outcome.Fault.NOBODY;
        durations.record(
                seconds(took),
                failed ? common.toBuilder().put(ERROR, outcome.word()).build() : common);
        facts.timeToFirstToken().ifPresent(first -> firstTokens.record(seconds(first), common));
        var used = facts.tokens();
        if (used.prompt() + used.output() > 0) {
            tokens.record(used.prompt(), common.toBuilder().put(TOKEN_TYPE, "input").build());
            tokens.record(used.output(), common.toBuilder().put(TOKEN_TYPE, "output").build());
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    @Override
    public void close() {
        sdk.shutdown().join(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
