package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Gate;
import io.lynkr.testing.Json;
import io.lynkr.testing.Reply;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;

/** What balancers and supervisors ask, at any time. */
class TellsItsHealthTest {
    private static final String ASK = TestGateway.asking("hi", false);
    private static final String ASK_STREAM = TestGateway.asking("hi", true);

    private final FakeUpstream upstream = new FakeUpstream();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void isAliveAndReady() {
        try (var gateway = TestGateway.inFrontOf(upstream)) {
            var summary = Json.parse(gateway.get("/health").body());
            var live = Json.parse(gateway.get("/health/live").body());
            var answer = gateway.get("/health/ready");

            assertThat(summary.text("status")).isEqualTo("ok");
            assertThat(live.text("status")).isEqualTo("alive");
            assertThat(live.has("uptime")).isTrue();
            assertThat(answer.statusCode()).isEqualTo(200);
            var ready = Json.parse(answer.body());
            assertThat(ready.text("status")).isEqualTo("healthy");
            assertThat(ready.text("timestamp")).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
            var memory = ready.get("checks").get("memory");
            assertThat(memory.isTrue("healthy")).isTrue();
            assertThat(Double.parseDouble(memory.text("heapUsedPercent"))).isBetween(0.0, 100.0);
            assertThat(Double.parseDouble(memory.text("totalUsedPercent"))).isBetween(0.0, 100.0);
            assertThat(ready.get("checks").get("backend").isTrue("healthy")).isTrue();
            assertThat(upstream.requests()).as("a usual look asks nobody").isEmpty();
        }
    }

    @Test
    void aDeepLookReallyAsksTheBackend() {
        try (var gateway = TestGateway.inFrontOf(upstream)) {
            var answer = gateway.get("/health/ready?deep=true");
            gateway.get("/health/ready?deep=true");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Json.parse(answer.body()).get("checks").get("backend").has("latency"))
                    .isTrue();
            assertThat(upstream.calls()).as("eager probes share an answer").hasSize(1);
        }
    }

    @Test
    void aDeepLookSaysWhatIsWrongWithTheBackend() {
        upstream.answerWith(_ -> Reply.html(500, "no"));
        try (var gateway = TestGateway.inFrontOf(upstream)) {
            var answer = gateway.get("/health/ready?deep=true");

            assertThat(answer.statusCode()).isEqualTo(503);
            var ready = Json.parse(answer.body());
            assertThat(ready.text("status")).isEqualTo("not_ready");
            assertThat(ready.get("checks").get("backend").isTrue("healthy")).isFalse();
            assertThat(ready.get("checks").get("backend").text("error")).isNotEmpty();
            assertThat(ready.get("checks").get("memory").isTrue("healthy")).isTrue();
        }
    }

    @Test
    void aBackendThatFailsDoesNotTakeTheTrafficAway() {
        upstream.answerWith(_ -> Reply.html(500, "no"));
        try (var gateway =
                TestGateway.inFrontOf(upstream, "CIRCUIT_BREAKER_FAILURE_THRESHOLD", "1")) {
            gateway.messages(ASK);

            var answer = gateway.get("/health/ready");

            assertThat(answer.statusCode()).isEqualTo(200);
            var ready = Json.parse(answer.body());
            assertThat(ready.text("status")).isEqualTo("degraded");
            assertThat(ready.get("checks").get("backend").text("circuit")).isEqualTo("OPEN");
        }
    }

    @Test
    void isNotReadyButAliveWhileItEnds() throws InterruptedException {
        var gate = new Gate();
        upstream.answerWith(request -> upstream.modelReply(request).holdBefore(2, gate));
        try (var gateway = TestGateway.inFrontOf(upstream, "GRACEFUL_SHUTDOWN_TIMEOUT", "20000");
                var stream = gateway.raw()) {
            stream.sendMessages(ASK_STREAM).lineStartingWith("event: message_start");
            var ending = gateway.endInBackground();
            var ready = gateway.get("/health/ready");
            while (ready.statusCode() == 200) {
                ready = gateway.get("/health/ready");
            }

            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(Json.parse(ready.body()).text("reason")).isEqualTo("shutting_down");
            assertThat(gateway.get("/health/live").statusCode()).isEqualTo(200);
            gate.open();
            stream.lineStartingWith("event: message_stop");
            assertThat(ending.join(Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    void isNeverShed() {
        var gate = new Gate();
        upstream.answerWith(request -> upstream.modelReply(request).holdHead(gate));
        try (var gateway =
                        TestGateway.inFrontOf(
                                upstream, "LOAD_SHEDDING_ACTIVE_REQUESTS_THRESHOLD", "1");
                var busy = gateway.raw()) {
            busy.sendMessages(ASK);
            upstream.awaitCalls(1);

            assertThat(gateway.messages(ASK).statusCode()).isEqualTo(503);
            for (var page : new String[] {"/health", "/health/live", "/health/ready", "/metrics"}) {
                assertThat(gateway.get(page).statusCode()).as(page).isEqualTo(200);
            }
            gate.open();
            busy.answer();
        }
    }

    @Test
    void probesNeedNoTokenButADeepLookDoes() {
        try (var gateway = TestGateway.inFrontOf(upstream, "ACCESS_TOKENS", "ann:secret-token")) {
            assertThat(gateway.get("/health").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/health/ready?deep=true").statusCode()).isEqualTo(401);
            assertThat(upstream.requests()).isEmpty();
            assertThat(
                            gateway.get("/health/ready?deep=true", "x-api-key", "secret-token")
                                    .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void answersHeadToo() {
        try (var gateway = TestGateway.inFrontOf(upstream)) {
            for (var page :
                    new String[] {"/health/live", "/health/ready", "/metrics/prometheus", "/"}) {
                var answer =
                        gateway.send(
                                gateway.request(page)
                                        .method("HEAD", BodyPublishers.noBody())
                                        .build());

                assertThat(answer.statusCode()).as(page).isEqualTo(200);
                assertThat(answer.body()).isEmpty();
            }
        }
    }

    @Test
    void canBeSwitchedOff() {
        try (var gateway = TestGateway.inFrontOf(upstream, "HEALTH_CHECK_ENABLED", "false")) {
            assertThat(gateway.get("/health/live").statusCode()).isEqualTo(404);
        }
    }
}
