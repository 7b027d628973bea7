package io.lynkr.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

class MetricsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Metrics metrics = new Metrics("1.2.3");

    @Test
    void countsRequestsUnderTheSeedsNames() {
        finish("/v1/messages", 200, Outcome.SERVED);
        finish("/v1/messages", 502, Outcome.UPSTREAM_ERRORED);

        assertThat(text())
                .contains(
                        """
                        # TYPE http_requests_total counter
                        http_requests_total{method="POST",route="/v1/messages",status="200"} 1.0
                        http_requests_total{method="POST",route="/v1/messages",status="502"} 1.0
                        """)
                .contains(
                        """
                        # TYPE http_request_errors_total counter
                        http_request_errors_total{outcome="upstream_errored",route="/v1/messages"} 1.0
                        """)
                .contains("# TYPE http_request_duration_seconds histogram\n")
                .contains("http_request_duration_seconds_count{route=\"/v1/messages\"} 2\n")
                .contains("http_request_duration_seconds_sum{route=\"/v1/messages\"} 2.0\n")
                .contains("lynkr_requests_in_flight 0.0\n")
                .endsWith("\n");
    }

    @Test
    void aStreamThatBrokeOffIsAnErrorThoughItsStatusIs200() {
        finish("/v1/messages", 200, Outcome.UPSTREAM_ERRORED);

        assertThat(report().requests()).isEqualTo(new MetricsReport.Requests(1, 1));
    }

    @Test
    void aClientThatLeavesIsNoError() {
        finish("/v1/messages", 499, Outcome.CLIENT_CANCELLED);

        assertThat(report().requests()).isEqualTo(new MetricsReport.Requests(1, 0));
    }

    @Test
    void probesAreNotAmongTheApisRequests() {
        finish("/health/live", 200, Outcome.SERVED);
        finish("/v1/models", 200, Outcome.SERVED);

        assertThat(report().requests().total()).isEqualTo(1);
        assertThat(report().latency().count()).isEqualTo(1);
        assertThat(text()).contains("http_requests_total{method=\"POST\",route=\"/health/live\"");
    }

    @Test
    void methodsThatClientsMakeUpShareOneLabel() {
        metrics.requestStarted();
        metrics.requestFinished("BREW", "none", 405, Outcome.CLIENT_ERROR, SECOND);

        assertThat(text()).contains("http_requests_total{method=\"other\",route=\"none\"");
    }

    @Test
    void modelsAreLabelsOnlyOnceABackendHasServedThem() {
        turn("made-up", Outcome.CLIENT_ERROR);
        turn("claude-sonnet-5", Outcome.SERVED);
        turn("claude-sonnet-5", Outcome.UPSTREAM_TIMED_OUT);

        assertThat(text())
                .doesNotContain("made-up")
                .contains(turns("other", "client_error") + " 1.0")
                .contains(turns("claude-sonnet-5", "served") + " 1.0")
                .contains(turns("claude-sonnet-5", "upstream_timed_out") + " 1.0");
    }

    @Test
    void evenServedModelsAreLimitedInNumber() {
        for (int i = 0; i < 1_000; i++) {
            turn("model-" + i, Outcome.SERVED);
        }

        assertThat(Pattern.compile("(?m)^lynkr_turns_total\\{").matcher(text()).results().count())
                .isEqualTo(101);
        assertThat(text()).contains(turns("other", "served") + " 900.0");
    }

    @Test
    void tellsTokensByKind() {
        metrics.tokensUsed("databricks", "m", new RequestFacts.Tokens(1, 20, 300, 4000));

        assertThat(text())
                .contains(
                        "lynkr_tokens_total{model=\"m\",provider=\"databricks\",type=\"input\"}"
                                + " 1.0")
                .contains("type=\"cache_creation\"} 20.0")
                .contains("type=\"cache_read\"} 300.0")
                .contains("type=\"output\"} 4000.0")
                .contains("gen_ai_token_type=\"input\"} 321.0")
                .contains("gen_ai_token_type=\"output\"} 4000.0");
    }

    @Test
    void anUnknownPriceIsCountedAsUnknownAndNotAsNothing() {
        metrics.cost("databricks", "m", new BigDecimal("0.0125"));
        metrics.upstreamCall("databricks", "m", "answered", SECOND);
        metrics.priceUnknown("databricks", "n");
        metrics.upstreamCall("databricks", "n", "answered", SECOND);

        var backend = report().backends().get("databricks");

        assertThat(backend.costUsd()).isEqualTo(0.0125);
        assertThat(backend.unpriced()).isEqualTo(1);
        assertThat(backend.models().get("n").unpriced()).isEqualTo(1);
        assertThat(backend.models().get("m").unpriced()).isZero();
    }

    @Test
    void tellsCallsAndRetriesPerBackendAndModel() {
        metrics.upstreamCall("databricks", "m", "answered", SECOND);
        metrics.upstreamCall("databricks", "m", "reset", SECOND);
        metrics.retried("databricks", "m", "reset");
        metrics.upstreamCall("databricks", "m", "answered", SECOND);
        metrics.upstreamCall("ollama", "n", "unreachable", SECOND);

        var report = report();

        assertThat(report.total().calls()).isEqualTo(4);
        assertThat(report.backends().keySet()).containsExactly("databricks", "ollama");
        var model = report.backends().get("databricks").models().get("m");
        assertThat(model.calls()).isEqualTo(3);
        assertThat(model.successes()).isEqualTo(2);
        assertThat(model.failures()).isEqualTo(1);
        assertThat(model.retries()).isEqualTo(1);
        assertThat(model.latency().p50().orElseThrow()).isCloseTo(1000, within(25.0));
        assertThat(report.backends().get("ollama").successRate()).isZero();
    }

    @Test
    void firstTokenTimesArePerBackendToo() {
        metrics.turnFinished(
                Outcome.SERVED,
                "databricks",
                "m",
                true,
                SECOND,
                Optional.of(Duration.ofMillis(300)));
        metrics.upstreamCall("databricks", "m", "answered", SECOND);

        var report = report();

        assertThat(report.firstToken().p99().orElseThrow()).isCloseTo(300, within(7.0));
        assertThat(report.backends().get("databricks").firstToken().count()).isEqualTo(1);
        assertThat(report.turns()).containsEntry("served", 1L);
    }

    @Test
    void aBreakerIsInOneState() {
        metrics.expectModel("m");
        metrics.breakerChanged("databricks", "m", "HALF_OPEN");
        metrics.breakerChanged("databricks", "m", "OPEN");

        assertThat(text())
                .contains(
                        """
                        lynkr_circuit_breaker_state{model="m",provider="databricks",state="CLOSED"} 0.0
                        lynkr_circuit_breaker_state{model="m",provider="databricks",state="HALF_OPEN"} 0.0
                        lynkr_circuit_breaker_state{model="m",provider="databricks",state="OPEN"} 1.0
                        """)
                .contains(
                        "lynkr_circuit_breaker_changes_total{model=\"m\",provider=\"databricks\",state=\"OPEN\"}"
                            + " 1.0");
    }

    @Test
    void theRestSpeaksTheProductsLanguageToo() {
        assertThat(text(MetricsInUse.everyOneOnce()))
                .contains("lynkr_build_info{version=\"1.2.3\"} 1")
                .contains("lynkr_log_lines_dropped_total 7.0")
                .contains("lynkr_streams_in_flight 1.0")
                .contains("lynkr_requests_shed_total{reason=\"memory\"} 1.0")
                .contains("{decision=\"deny\",rule=\"safe_commands\",tool=\"shell\"} 1.0")
                .contains("lynkr_tool_calls_total{result=\"failed\",tool=\"shell\"} 1.0")
                .contains("lynkr_request_edits_total{edit=\"drop:context_management\"} 1.0")
                .contains("lynkr_transcript_turns_total{result=\"kept\"} 3.0")
                .contains("lynkr_response_cache_lookups_total{result=\"hit\"} 1.0")
                .contains("lynkr_upstream_limit{provider=\"databricks\"} 64.0")
                .contains("jvm_memory_used_bytes{")
                .contains("process_cpu_seconds_total ");
    }

    @Test
    void whatIsDeclaredIsWhatPrometheusSees() {
        var used = MetricsInUse.everyOneOnce();

        var declared = used.declarations().stream().map(MetricsTest::typeLine);

        var seen =
                text(used)
                        .lines()
                        .filter(line -> line.startsWith("# TYPE"))
                        .filter(line -> !line.matches("# TYPE (jvm|process)_.*"));
        assertThat(seen).containsExactlyInAnyOrderElementsOf(declared.toList());
    }

    private static String typeLine(Metrics.Declaration declared) {
        return "# TYPE %s %s"
                .formatted(declared.name(), declared.kind().name().toLowerCase(Locale.ROOT));
    }

    @Test
    void answersInTheFormatThatTheScraperAsksFor() {
        var openMetrics =
                PrometheusText.of(
                        metrics, "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");

        assertThat(openMetrics.contentType()).startsWith("application/openmetrics-text");
        assertThat(new String(openMetrics.text(), StandardCharsets.UTF_8)).endsWith("# EOF\n");
        assertThat(PrometheusText.of(metrics, "").contentType())
                .startsWith("text/plain; version=0.0.4; charset=utf-8");
    }

    private void finish(String route, int status, Outcome outcome) {
        metrics.requestStarted();
        metrics.requestFinished("POST", route, status, outcome, SECOND);
    }

    private void turn(String model, Outcome outcome) {
        metrics.turnFinished(outcome, "databricks", model, false, SECOND, Optional.empty());
    }

    private static String turns(String model, String outcome) {
        return "lynkr_turns_total{model=\"%s\",outcome=\"%s\",provider=\"databricks\",stream=\"false\"}"
                .formatted(model, outcome);
    }

    private MetricsReport report() {
        return MetricsReport.of(metrics);
    }

    private String text() {
        return text(metrics);
    }

    private static String text(Metrics metrics) {
        return new String(PrometheusText.of(metrics, "").text(), StandardCharsets.UTF_8);
    }
}
