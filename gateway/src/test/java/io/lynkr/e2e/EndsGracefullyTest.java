package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Gate;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.time.Duration;

/** A gateway that is told to end loses nobody's answer. */
class EndsGracefullyTest {
    private static final String ASK = TestGateway.asking("hi", false);
    private static final String ASK_STREAM = TestGateway.asking("hi", true);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final FakeUpstream upstream = new FakeUpstream();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void letsRunningStreamsFinishAndTakesNoNewWork() throws InterruptedException {
        var gate = new Gate();
        upstream.answerWith(request -> upstream.modelReply(request).holdBefore(2, gate));

        try (var gateway = TestGateway.inFrontOf(upstream, "GRACEFUL_SHUTDOWN_TIMEOUT", "20000");
                var stream = gateway.raw()) {
            stream.sendMessages(ASK_STREAM).lineStartingWith("event: message_start");
            var ending = gateway.endInBackground();
            var refused = firstRefusal(gateway);

            assertThat(refused.body()).contains("overloaded_error", "shutting down");
            assertThat(refused.headers().firstValue("retry-after")).isPresent();
            assertThat(refused.headers().firstValue("connection")).hasValue("close");
            assertThat(gateway.get("/").statusCode()).as("probes are answered").isEqualTo(200);
            gate.open();
            assertThat(stream.lineStartingWith("event: message_stop")).isNotEqualTo("(closed)");
            assertThat(ending.join(SOON)).isTrue();
        }
    }

    @Test
    void keepsTakingWorkWhileBalancersLearn() throws InterruptedException {
        try (var gateway = TestGateway.inFrontOf(upstream, "SHUTDOWN_DRAIN_DELAY_MS", "20000")) {
            var ending = gateway.endInBackground();
            var last = firstThatCloses(gateway);

            assertThat(last.statusCode()).isEqualTo(200);
            gateway.endInBackground().join();
            assertThat(ending.join(SOON)).as("asked twice, it hurries").isTrue();
        }
    }

    @Test
    void endsStreamsThatTakeTooLongWithAnErrorEvent() throws InterruptedException {
        upstream.answerWith(request -> upstream.modelReply(request).holdBefore(2, new Gate()));

        try (var gateway = TestGateway.inFrontOf(upstream, "GRACEFUL_SHUTDOWN_TIMEOUT", "50");
                var stream = gateway.raw()) {
            stream.sendMessages(ASK_STREAM).lineStartingWith("event: message_start");
            var ending = gateway.endInBackground();

            assertThat(stream.lineStartingWith("event: error")).isEqualTo("event: error");
            assertThat(stream.line()).contains("overloaded_error", "shut down");
            assertThat(ending.join(SOON)).isTrue();
            assertThat(upstream.last().awaitDisconnect(Duration.ofSeconds(5))).isPositive();
        }
    }

    @Test
    void endsWaitingRequestsThatTakeTooLongWithAStatus() throws InterruptedException {
        upstream.answerWith(request -> upstream.modelReply(request).holdHead(new Gate()));

        try (var gateway = TestGateway.inFrontOf(upstream, "GRACEFUL_SHUTDOWN_TIMEOUT", "50");
                var waiting = gateway.raw()) {
            waiting.sendMessages(ASK);
            upstream.awaitCalls(1);
            var ending = gateway.endInBackground();

            assertThat(waiting.line()).contains("503");
            assertThat(waiting.lineStartingWith("retry-after")).contains("1");
            assertThat(ending.join(SOON)).isTrue();
        }
    }

    /** Asks until the gateway takes no more work: the signal needs a moment to arrive. */
    private static HttpResponse<String> firstRefusal(TestGateway gateway) {
        while (true) {
            var answer = gateway.messages("{}");
            if (answer.statusCode() == 503) {
                return answer;
            }
        }
    }

    /** Asks until an answer says that the connection will be closed. */
    private static HttpResponse<String> firstThatCloses(TestGateway gateway) {
        while (true) {
            var answer = gateway.messages(ASK);
            if (answer.headers().firstValue("connection").filter("close"::equals).isPresent()) {
                return answer;
            }
        }
    }
}
