package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Gate;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More work than the gateway may take is refused at the door, and only then. */
class ShedsLoadTest {
    private static final String ASK = TestGateway.asking("hi", true);

    private final FakeUpstream upstream = new FakeUpstream();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void refusesRequestsBeyondTheThresholdUntilOneIsAnswered() {
        var gate = new Gate();
        upstream.answerWith(request -> upstream.modelReply(request).holdHead(gate));

        try (var gateway =
                        TestGateway.inFrontOf(
                                upstream, "LOAD_SHEDDING_ACTIVE_REQUESTS_THRESHOLD", "1");
                var busy = gateway.raw()) {
            busy.sendMessages(ASK);
            upstream.awaitCalls(1);
            var refused = gateway.messages(ASK);

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("overloaded_error", "\"request_id\"");
            assertThat(refused.headers().firstValueAsLong("retry-after").orElse(-1))
                    .isBetween(2L, 6L);
            assertThat(gateway.get("/").statusCode()).as("whoever only looks").isEqualTo(200);
            gate.open();
            busy.lineStartingWith("event: message_stop");
            assertThat(busy.line()).isNotEqualTo("(closed)");
            assertThat(answeredInTheEnd(gateway)).isTrue();
        }
    }

    @Test
    void forgetsRequestsWhoseClientLeft() {
        upstream.answerWith(request -> upstream.modelReply(request).holdHead(new Gate()));

        try (var gateway =
                TestGateway.inFrontOf(upstream, "LOAD_SHEDDING_ACTIVE_REQUESTS_THRESHOLD", "1")) {
            try (var leaving = gateway.raw()) {
                leaving.sendMessages(ASK);
                upstream.awaitCalls(1);
            }
            try (var leaving = gateway.raw()) {
                leaving.send(
                        "POST /v1/messages HTTP/1.1\r\n"
                                + "Host: localhost\r\n"
                                + "Content-Type: application/json\r\n"
                                + "Content-Length: 1000\r\n\r\n"
                                + "{");
            }
            upstream.answerWith(upstream::modelReply);

            assertThat(answeredInTheEnd(gateway)).isTrue();
        }
    }

    @Test
    void shedsNothingWhenIdleHoweverLowTheThresholds() {
        try (var gateway =
                TestGateway.inFrontOf(
                        upstream,
                        "LOAD_SHEDDING_HEAP_THRESHOLD",
                        "0.01",
                        "LOAD_SHEDDING_MEMORY_THRESHOLD",
                        "0.01")) {
            for (int i = 0; i < 50; i++) {
                assertThat(gateway.messages(ASK).statusCode()).isEqualTo(200);
            }
        }
    }

    /** The gateway hears of an end a moment after the client does. */
    private static boolean answeredInTheEnd(TestGateway gateway) {
        for (int i = 0; i < 200; i++) {
            if (gateway.messages(ASK).statusCode() == 200) {
                return true;
            }
        }
        return false;
    }
}
