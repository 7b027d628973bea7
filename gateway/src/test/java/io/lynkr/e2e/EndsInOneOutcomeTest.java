package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.observability.Logs.Threshold;
import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Gate;
import io.lynkr.testing.Json;
import io.lynkr.testing.Reply;
import io.lynkr.testing.Reply.Ending;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import java.time.Duration;

/** Every request ends in exactly one outcome: in the log, once, and in the metrics. */
@Isolated
class EndsInOneOutcomeTest {
    private static final String ASK = TestGateway.asking("hi", false);
    private static final String ASK_STREAM = TestGateway.asking("hi", true);

    private final FakeUpstream upstream = new FakeUpstream();
    private final LogCapture log = new LogCapture(Threshold.INFO, "sk-test-upstream");

    @AfterEach
    void stop() {
        upstream.close();
        log.close();
    }

    @Test
    void served() {
        try (var gateway = TestGateway.inFrontOf(upstream)) {
            gateway.messages(
                    ASK_STREAM,
                    "x-request-id",
                    "my-own-id",
                    "x-claude-code-session-id",
                    "s-1",
                    "x-claude-code-agent-id",
                    "a-7",
                    "user-agent",
                    "claude-cli/2.1.330");

            var line = ends(gateway, "served", 200);
            assertThat(line.text("requestId")).isEqualTo("my-own-id");
            assertThat(line.text("session")).isEqualTo("s-1");
            assertThat(line.text("agent")).isEqualTo("a-7");
            assertThat(line.text("provider")).isEqualTo("anthropic");
            assertThat(line.text("model")).isEqualTo("claude-x");
            assertThat(line.text("userAgent")).isEqualTo("claude-cli/2.1.330");
            assertThat(line.isTrue("stream")).isTrue();
            assertThat(line.number("inputTokens")).isPositive();
            assertThat(line.number("outputTokens")).isPositive();
            assertThat(line.has("firstTokenMs")).isTrue();
            assertThat(line.text("level")).isEqualTo("INFO");
        }
    }

    @Test
    void neitherBodiesNorSecretsAreLogged() {
        var body = TestGateway.asking("my private question", true);

        try (var gateway = TestGateway.inFrontOf(upstream)) {
            gateway.messages(body, "x-api-key", "sk-ant-a-clients-own-key-0123456789");
            gateway.get(
                    "/nowhere?key=hush-hush-hush&x=sk-test-upstream",
                    "user-agent",
                    "sk-test-upstream");

            assertThat(log.text())
                    .doesNotContain("private question")
                    .doesNotContain("clients-own-key")
                    .doesNotContain("hush-hush")
                    .doesNotContain("sk-test-upstream");
        }
    }

    @Test
    void aClientCannotForgeALine() {
        try (var gateway = TestGateway.inFrontOf(upstream);
                var raw = gateway.raw()) {
            raw.send(
                    "GET /x\",\"outcome\":\"served HTTP/1.1\r\n"
                            + "Host: localhost\r\n"
                            + "User-Agent: a\u001b[2J\"}\\n"
                            + "{\"b\r\n\r\n");
            raw.lineStartingWith("HTTP/1.1");

            assertThat(log.onlyRequest().text("outcome")).isEqualTo("client_error");
        }
    }

    @Test
    void clientError() {
        try (var gateway = TestGateway.inFrontOf(upstream)) {
            gateway.messages("{}");

            ends(gateway, "client_error", 400);
        }
    }

    @Test
    void clientErrorThatTheBackendFound() {
        upstream.willFail(400, "messages: too many");

        try (var gateway = TestGateway.inFrontOf(upstream)) {
            gateway.messages(ASK);

            ends(gateway, "client_error", 400);
        }
    }

    @Test
    void clientErrorOfBytesThatAreNoRequest() {
        try (var gateway = TestGateway.inFrontOf(upstream);
                var raw = gateway.raw()) {
            raw.send("this is no HTTP\r\n\r\n").lineStartingWith("HTTP/1.1 400");

            ends(gateway, "client_error", 400);
        }
    }

    @Test
    void clientCancelled() {
        upstream.answerWith(request -> upstream.modelReply(request).holdBefore(2, new Gate()));

        try (var gateway = TestGateway.inFrontOf(upstream)) {
            try (var leaving = gateway.raw()) {
                leaving.sendMessages(ASK_STREAM).lineStartingWith("event: message_start");
            }
            upstream.last().awaitDisconnect(Duration.ofSeconds(10));

            var line = endsSoon(gateway, "client_cancelled", 499);
            assertThat(line.number("inputTokens"))
                    .as("what was used until then is known")
                    .isPositive();
            assertThat(metrics(gateway)).contains("lynkr_streams_in_flight 0.0");
        }
    }

    @Test
    void clientCancelledBeforeItsBodyWasWhole() {
        try (var gateway = TestGateway.inFrontOf(upstream)) {
            try (var leaving = gateway.raw()) {
                leaving.send(
                        "POST /v1/messages HTTP/1.1\r\n"
                                + "Host: localhost\r\n"
                                + "Content-Type: application/json\r\n"
                                + "Content-Length: 1000\r\n\r\n"
                                + "{");
            }

            awaitLine();
            assertThat(log.onlyRequest().text("outcome")).isIn("client_cancelled", "client_error");
        }
    }

    @Test
    void shed() {
        var gate = new Gate();
        upstream.answerWith(request -> upstream.modelReply(request).holdHead(gate));

        try (var gateway =
                        TestGateway.inFrontOf(
                                upstream, "LOAD_SHEDDING_ACTIVE_REQUESTS_THRESHOLD", "1");
                var busy = gateway.raw()) {
            busy.sendMessages(ASK);
            upstream.awaitCalls(1);
            gateway.messages(ASK);

            ends(gateway, "shed", 503);
            assertThat(metrics(gateway))
                    .contains("lynkr_requests_shed_total{reason=\"requests\"} 1.0");
            gate.open();
            busy.answer();
        }
    }

    @Test
    void shedInTheMiddleOfAStreamWhenTheGatewayHasToEnd() throws InterruptedException {
        upstream.answerWith(request -> upstream.modelReply(request).holdBefore(2, new Gate()));

        try (var gateway = TestGateway.inFrontOf(upstream);
                var stream = gateway.raw()) {
            stream.sendMessages(ASK_STREAM).lineStartingWith("event: message_start");
            gateway.endInBackground().join();

            assertThat(log.onlyRequest().text("outcome")).isEqualTo("shed");
        }
    }

    @Test
    void upstreamThrottled() {
        upstream.willFail(429, "slow down");

        try (var gateway = TestGateway.inFrontOf(upstream)) {
            gateway.messages(ASK);

            ends(gateway, "upstream_throttled", 429);
        }
    }

    @Test
    void upstreamTimedOut() {
        upstream.answerWith(_ -> Reply.silence());

        try (var gateway =
                TestGateway.inFrontOf(upstream, "UPSTREAM_FIRST_BYTE_TIMEOUT_MS", "50")) {
            gateway.messages(ASK);

            ends(gateway, "upstream_timed_out", 504);
        }
    }

    @Test
    void upstreamUnavailable() {
        upstream.close();

        try (var gateway = TestGateway.inFrontOf(upstream)) {
            gateway.messages(ASK);

            ends(gateway, "upstream_unavailable", 502);
        }
    }

    @Test
    void upstreamErrored() {
        upstream.willFail(500, "oops");

        try (var gateway = TestGateway.inFrontOf(upstream)) {
            gateway.messages(ASK);

            var line = ends(gateway, "upstream_errored", 500);
            assertThat(line.text("level")).isEqualTo("WARN");
        }
    }

    @Test
    void upstreamErroredInTheMiddleOfAStream() {
        upstream.answerWith(
                request -> upstream.modelReply(request).cutAfterFrames(2).ending(Ending.RESET));

        try (var gateway = TestGateway.inFrontOf(upstream)) {
            gateway.messages(ASK_STREAM);

            ends(gateway, "upstream_errored", 200);
        }
    }

    @Test
    void circuitOpen() {
        upstream.answerWith(_ -> Reply.html(500, "no"));

        try (var gateway =
                TestGateway.inFrontOf(upstream, "CIRCUIT_BREAKER_FAILURE_THRESHOLD", "1")) {
            gateway.messages(ASK);
            gateway.messages(ASK);

            assertThat(log.requests())
                    .extracting(line -> line.text("outcome"))
                    .containsExactly("upstream_errored", "circuit_open");
            assertThat(metrics(gateway))
                    .contains("outcome=\"circuit_open\"")
                    .containsPattern("lynkr_circuit_breaker_state\\{[^}]*state=\"OPEN\"} 1.0");
        }
    }

    @Test
    void retriesAreCounted() {
        upstream.reply(Reply.reset());

        try (var gateway = TestGateway.inFrontOf(upstream, "API_RETRY_MAX_RETRIES", "3")) {
            gateway.messages(ASK);

            assertThat(ends(gateway, "served", 200).number("retries")).isEqualTo(1);
            assertThat(metrics(gateway))
                    .containsPattern(
                            "lynkr_upstream_retries_total\\{[^}]*reason=\"reset\"[^}]*} 1.0")
                    .containsPattern("lynkr_upstream_calls_total\\{[^}]*result=\"reset\"} 1.0")
                    .containsPattern("lynkr_upstream_calls_total\\{[^}]*result=\"answered\"} 1.0");
        }
    }

    @Test
    void probesStandInTheLogOnlyWhenDebugging() {
        try (var gateway = TestGateway.inFrontOf(upstream)) {
            gateway.get("/health/live");
            gateway.get("/metrics");

            assertThat(log.requests()).isEmpty();
        }
    }

    @Test
    void theLogOfRequestsCanBeSwitchedOff() {
        try (var gateway = TestGateway.inFrontOf(upstream, "REQUEST_LOGGING_ENABLED", "false")) {
            gateway.messages(ASK);

            assertThat(log.requests()).isEmpty();
            assertThat(metrics(gateway)).contains("outcome=\"served\"");
        }
    }

    /** The one line of the one request, which the metrics agree with. */
    private Json ends(TestGateway gateway, String outcome, int status) {
        var line = log.onlyRequest();
        assertThat(line.text("outcome")).isEqualTo(outcome);
        assertThat(line.number("status")).isEqualTo(status);
        assertThat(line.text("requestId")).isNotEmpty();
        assertThat(line.has("durationMs")).isTrue();
        assertThat(metrics(gateway))
                .containsPattern("http_requests_total\\{[^}]*status=\"" + status + "\"} 1.0");
        return line;
    }

    private Json endsSoon(TestGateway gateway, String outcome, int status) {
        awaitLine();
        return ends(gateway, outcome, status);
    }

    /** A gateway hears of a client that left a moment later. */
    private void awaitLine() {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (log.requests().isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static String metrics(TestGateway gateway) {
        return gateway.get("/metrics/prometheus").body();
    }
}
