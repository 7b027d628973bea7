package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Gate;
import io.lynkr.testing.Reply;
import io.lynkr.testing.Reply.Ending;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.List;

/**
 * A backend's passing troubles are hidden; lasting ones are told at once, and end by themselves.
 */
class SurvivesAFailingBackendTest {
    private static final String ASK = TestGateway.asking("hi", false);
    private static final String ASK_STREAM = TestGateway.asking("hi", true);

    private final FakeUpstream upstream = new FakeUpstream();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void hidesAPassingFailure() {
        upstream.reply(Reply.html(200, "<html>busy")).reply(Reply.reset()).reply(error(529));

        try (var gateway = retrying()) {
            var answer = gateway.messages(ASK);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(upstream.calls()).hasSize(4);
        }
    }

    @Test
    void hidesAFailureBeforeAStreamBegins() {
        upstream.reply(error(503));

        try (var gateway = retrying()) {
            assertThat(gateway.messages(ASK_STREAM).body()).contains("event: message_stop");
            assertThat(upstream.calls()).hasSize(2);
        }
    }

    @Test
    void neverAsksAgainOnceAnEventIsOut() {
        upstream.reply(
                Reply.sse(
                                List.of(
                                        "event: message_start\n"
                                            + "data:"
                                            + " {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}}\n\n",
                                        "event: ping\ndata: {\"type\":\"ping\"}\n\n"))
                        .cutAfterFrames(1)
                        .ending(Ending.RESET));

        try (var gateway = retrying()) {
            assertThat(gateway.messages(ASK_STREAM).body())
                    .contains("event: message_start", "event: error")
                    .doesNotContain("message_stop");
            assertThat(upstream.calls()).hasSize(1);
        }
    }

    @Test
    void tellsTheClientNotToRepeatWhatWasRepeatedInVain() {
        upstream.answerWith(_ -> error(500));

        try (var gateway = retrying()) {
            var answer = gateway.messages(ASK);

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.headers().firstValue("x-should-retry")).hasValue("false");
            assertThat(upstream.calls()).hasSize(4);
        }
    }

    @Test
    void opensTheCircuitAfterFiveFailures() {
        upstream.answerWith(_ -> error(500));

        try (var gateway = TestGateway.inFrontOf(upstream)) {
            for (int i = 0; i < 5; i++) {
                assertThat(gateway.messages(ASK).statusCode()).isEqualTo(500);
            }
            var refused = gateway.messages(ASK);

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("overloaded_error");
            assertThat(retryAfter(refused)).isBetween(58L, 60L);
            assertThat(upstream.calls()).hasSize(5);
        }
    }

    @Test
    void closesTheCircuitWhenTheBackendIsBack() {
        upstream.answerWith(_ -> error(500));

        try (var gateway = TestGateway.inFrontOf(upstream, "CIRCUIT_BREAKER_TIMEOUT", "1")) {
            for (int i = 0; i < 5; i++) {
                assertThat(gateway.messages(ASK).statusCode()).isEqualTo(500);
            }

            upstream.answerWith(upstream::modelReply);

            assertThat(gateway.messages(ASK).statusCode()).isEqualTo(200);
            assertThat(gateway.messages(ASK).statusCode()).isEqualTo(200);
            assertThat(gateway.messages(ASK).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void doesNotOpenItForTheClientsOwnMistakes() {
        upstream.answerWith(_ -> error(400));

        try (var gateway = TestGateway.inFrontOf(upstream)) {
            for (int i = 0; i < 30; i++) {
                assertThat(gateway.messages(ASK).statusCode()).isEqualTo(400);
            }
        }
    }

    @Test
    void leavesAThrottlingBackendAlone() {
        upstream.reply(error(429).header("retry-after", "30"));

        try (var gateway = retrying()) {
            assertThat(retryAfter(gateway.messages(ASK))).isEqualTo(30);
            var next = gateway.messages(ASK);

            assertThat(next.statusCode()).isEqualTo(429);
            assertThat(next.body()).contains("rate_limit_error");
            assertThat(retryAfter(next)).isBetween(29L, 37L);
            assertThat(upstream.calls()).hasSize(1);
        }
    }

    @Test
    void keepsTheOtherCallsWaitingWhenTheBackendBearsFewAndThenSendsThemAway() {
        upstream.answerWith(request -> upstream.modelReply(request).holdHead(new Gate()));

        try (var gateway =
                        TestGateway.inFrontOf(
                                upstream,
                                "UPSTREAM_MAX_SOCKETS",
                                "1",
                                "UPSTREAM_QUEUE_TIMEOUT_MS",
                                "50");
                var first = gateway.raw()) {
            first.sendMessages(ASK);
            upstream.awaitCalls(1);
            var refused = gateway.messages(ASK);

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("overloaded_error", "as many calls under way");
            assertThat(retryAfter(refused)).isBetween(2L, 3L);
        }
    }

    private TestGateway retrying() {
        return TestGateway.inFrontOf(
                upstream, "API_RETRY_MAX_RETRIES", "3", "API_RETRY_INITIAL_DELAY", "1");
    }

    private static Reply error(int status) {
        return Reply.json(
                status,
                "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"trouble\"}}");
    }

    private static long retryAfter(HttpResponse<String> answer) {
        return answer.headers().firstValueAsLong("retry-after").orElse(-1);
    }
}
