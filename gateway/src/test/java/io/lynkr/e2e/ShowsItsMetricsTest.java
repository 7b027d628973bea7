package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Json;
import io.lynkr.testing.ModelAnswer;
import io.lynkr.testing.Reply;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The pages under /metrics: the seed's shapes, with real values. */
class ShowsItsMetricsTest {
    private static final String ASK = TestGateway.asking("hi", false);
    private static final String ASK_STREAM = TestGateway.asking("hi", true);

    private final FakeUpstream upstream = new FakeUpstream();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void tellsTheFewFiguresOfTheOriginal() {
        try (var gateway = TestGateway.inFrontOf(upstream)) {
            gateway.messages(ASK);
            gateway.messages("{}");

            var page = Json.parse(gateway.get("/metrics").body());

            assertThat(page.number("requestsTotal")).isEqualTo(2);
            assertThat(page.get("responses").number("success")).isEqualTo(1);
            assertThat(page.get("responses").number("error")).isEqualTo(1);
            assertThat(page.number("streamingSessions")).isZero();
            assertThat(page.text("timestamp")).matches("\\d{4}-.*Z");
        }
    }

    @Test
    void tellsAllInTheSeedsJson() {
        upstream.answerWith(request -> upstream.modelReply(request));
        try (var gateway =
                TestGateway.inFrontOf(upstream, "MODEL_PRICES", "claude-x=1000000/1000000")) {
            gateway.messages(ASK);
            gateway.messages(ASK_STREAM);
            upstream.reply(Reply.html(500, "no"));
            gateway.messages(ASK);

            var page = Json.parse(gateway.get("/metrics/observability").body());

            assertThat(page.get("requests").toString())
                    .isEqualTo("{\"total\":3,\"errors\":1,\"errorRate\":0.3333}");
            assertThat(page.get("latency").number("count")).isEqualTo(3);
            assertThat(Double.parseDouble(page.get("latency").text("p50"))).isPositive();
            assertThat(page.get("firstToken").number("count")).isEqualTo(1);
            var tokens = page.get("tokens");
            assertThat(tokens.number("input")).isPositive();
            assertThat(tokens.number("output")).isPositive();
            assertThat(tokens.number("total"))
                    .isEqualTo(tokens.number("input") + tokens.number("output"));
            assertThat(page.get("cost").number("total"))
                    .as("a dollar a token")
                    .isEqualTo(tokens.number("total"));
            assertThat(page.get("cost").text("currency")).isEqualTo("USD");
            assertThat(page.get("cost").isTrue("complete")).isTrue();
            var backend = page.get("anthropic");
            assertThat(backend.number("requests")).isEqualTo(3);
            assertThat(backend.number("successes")).isEqualTo(2);
            assertThat(backend.number("failures")).isEqualTo(1);
            assertThat(backend.text("successRate")).isEqualTo("0.6667");
            assertThat(backend.number("retries")).isZero();
            var model = page.get("backends").get("anthropic").get("models").get("claude-x");
            assertThat(model.number("requests")).isEqualTo(3);
            assertThat(model.get("tokens").number("total")).isEqualTo(tokens.number("total"));
        }
    }

    @Test
    void anUnknownPriceIsNotNothing() {
        try (var gateway = TestGateway.inFrontOf(upstream)) {
            gateway.messages(ASK);

            var cost = Json.parse(gateway.get("/metrics/observability").body()).get("cost");

            assertThat(cost.isTrue("complete")).isFalse();
            assertThat(cost.number("unpricedAnswers")).isEqualTo(1);
        }
    }

    @Test
    void readsTokensOfAnOpenAiBackendToo() {
        upstream.will(ModelAnswer.say("hello"));
        try (var gateway =
                TestGateway.with(
                        "MODEL_PROVIDER", "openai",
                        "OPENAI_BASE_URL", upstream.url() + "/v1",
                        "OPENAI_API_KEY", "k",
                        "OPENAI_MODEL", "m")) {
            gateway.messages(ASK_STREAM);

            var page = Json.parse(gateway.get("/metrics/observability").body());

            assertThat(page.get("tokens").number("input")).isPositive();
            assertThat(page.get("tokens").number("output")).isPositive();
            assertThat(page.get("openai").number("successes")).isEqualTo(1);
        }
    }

    @Test
    void showsCircuitBreakersByProvider() {
        upstream.answerWith(_ -> Reply.html(500, "no"));
        try (var gateway =
                TestGateway.inFrontOf(upstream, "CIRCUIT_BREAKER_FAILURE_THRESHOLD", "1")) {
            var before = Json.parse(gateway.get("/metrics/circuit-breakers").body());
            gateway.messages(ASK);

            var after = Json.parse(gateway.get("/metrics/circuit-breakers").body());

            assertThat(before.get("anthropic").text("state")).isEqualTo("CLOSED");
            assertThat(before.get("anthropic").get("lastFailure").isPresent()).isFalse();
            var breaker = after.get("anthropic");
            assertThat(breaker.text("state")).isEqualTo("OPEN");
            assertThat(breaker.number("failureCount")).isEqualTo(1);
            assertThat(breaker.number("successCount")).isZero();
            assertThat(breaker.text("lastFailure")).matches("\\d{4}-.*Z");
            assertThat(breaker.text("nextAttempt")).matches("\\d{4}-.*Z");
            assertThat(breaker.get("models").get("claude-x").text("state")).isEqualTo("OPEN");
        }
    }

    @Test
    void speaksToPrometheus() {
        try (var gateway = TestGateway.inFrontOf(upstream)) {
            gateway.messages(ASK_STREAM);

            var page = gateway.get("/metrics/prometheus");
            var usualAddress = gateway.get("/metrics", "accept", "text/plain;version=0.0.4");

            assertThat(page.headers().firstValue("content-type").orElse(""))
                    .startsWith("text/plain; version=0.0.4");
            assertThat(page.body())
                    .contains(
                            "http_requests_total{method=\"POST\",route=\"/v1/messages\",status=\"200\"}"
                                + " 1.0")
                    .contains(
                            "http_request_duration_seconds_bucket{route=\"/v1/messages\",le=\"+Inf\"}"
                                + " 1")
                    .contains("lynkr_upstream_limit{provider=\"anthropic\"} 50.0")
                    .endsWith("\n");
            assertThat(usualAddress.body()).contains("# TYPE http_requests_total counter");
        }
    }

    @Test
    void paysPromtoolsAttention() throws IOException, InterruptedException {
        var promtool = Path.of("/usr/bin/promtool");
        assumeTrue(Files.isExecutable(promtool), "Debian's package prometheus has promtool");
        try (var gateway = TestGateway.inFrontOf(upstream)) {
            gateway.messages(ASK_STREAM);
            gateway.messages("{}");

            var check = new ProcessBuilder(promtool.toString(), "check", "metrics");
            var process = check.redirectErrorStream(true).start();
            try (var in = process.getOutputStream()) {
                in.write(gateway.get("/metrics/prometheus").body().getBytes(UTF_8));
            }

            var said = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
        }
    }

    @Test
    void aTokenIsNeededWhereThereAreAny() {
        try (var gateway = TestGateway.inFrontOf(upstream, "ACCESS_TOKENS", "ann:secret-token")) {
            for (var page :
                    new String[] {
                        "/metrics",
                        "/metrics/observability",
                        "/metrics/prometheus",
                        "/metrics/circuit-breakers"
                    }) {
                assertThat(gateway.get(page).statusCode()).as(page).isEqualTo(401);
                assertThat(gateway.get(page, "authorization", "Bearer secret-token").statusCode())
                        .as(page)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void canBeSwitchedOff() {
        try (var gateway = TestGateway.inFrontOf(upstream, "METRICS_ENABLED", "false")) {
            assertThat(gateway.get("/metrics").statusCode()).isEqualTo(404);
            assertThat(gateway.get("/metrics/prometheus").statusCode()).isEqualTo(404);
            assertThat(gateway.get("/health/live").statusCode()).isEqualTo(200);
        }
    }
}
