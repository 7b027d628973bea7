package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Gate;
import io.lynkr.testing.Reply;
import io.lynkr.testing.Reply.Ending;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Events arrive when the upstream sent them; what goes wrong on the way never looks like success.
 */
class CarriesStreamsTest {
    private static final String ASK = TestGateway.asking("hi", true);

    private final FakeUpstream upstream = new FakeUpstream();

    @AfterEach
    void stop() {
        upstream.close();
    }

    private static List<String> story(int deltas) {
        var frames = new ArrayList<String>();
        frames.add(
                frame(
                        "message_start",
                        "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-x\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":5,\"output_tokens\":1}}}"));
        frames.add(
                frame(
                        "content_block_start",
                        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}"));
        for (int i = 0; i < deltas; i++) {
            frames.add(
                    frame(
                            "content_block_delta",
                            "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"word%d 😀 \"}}"
                                    .formatted(i)));
        }
        frames.add(frame("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}"));
        frames.add(
                frame(
                        "message_delta",
                        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":9}}"));
        frames.add(frame("message_stop", "{\"type\":\"message_stop\"}"));
        return frames;
    }

    private static String frame(String name, String data) {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }

    @Test
    void passesEachEventOnWhenItComes() {
        var gate = new Gate();
        upstream.reply(Reply.sse(story(3)).holdBefore(3, gate));

        try (var gateway = TestGateway.inFrontOf(upstream);
                var connection = gateway.raw()) {
            connection.sendMessages(ASK);

            assertThat(connection.lineStartingWith("data: {\"type\":\"content_block_delta\""))
                    .contains("word0");
            assertThat(gate.isOpen()).as("the upstream still holds the rest back").isFalse();
            gate.open();
            assertThat(connection.lineStartingWith("event: message_stop")).isNotEqualTo("(closed)");
        }
    }

    @Test
    void carriesTheStreamByteForByteHoweverItIsCut() {
        for (int pieces : new int[] {1, 2, 3, 7, 64}) {
            upstream.reply(Reply.sse(story(20)).splitEvery(pieces));
            try (var gateway = TestGateway.inFrontOf(upstream)) {
                var answer = gateway.messages(ASK);

                assertThat(answer.body()).isEqualTo(String.join("", story(20)));
                assertThat(answer.headers().firstValue("content-type"))
                        .hasValueSatisfying(
                                type -> assertThat(type).startsWith("text/event-stream"));
            }
        }
    }

    @Test
    void endsACutStreamWithAnErrorEvent() {
        upstream.reply(Reply.sse(story(5)).cutAfterFrames(4).ending(Ending.RESET));

        try (var gateway = TestGateway.inFrontOf(upstream)) {
            var answer = gateway.messages(ASK);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("word1")
                    .contains("event: error\ndata: {\"type\":\"error\"")
                    .doesNotContain("content_block_stop")
                    .doesNotContain("message_stop");
        }
    }

    @Test
    void treatsAnEarlyCleanEndAsACut() {
        upstream.reply(Reply.sse(story(5).subList(0, 4)));

        try (var gateway = TestGateway.inFrontOf(upstream)) {
            var answer = gateway.messages(ASK);

            assertThat(answer.body()).contains("event: error").doesNotContain("message_stop");
        }
    }

    @Test
    void endsAStalledStreamWithAnErrorEvent() {
        upstream.reply(Reply.sse(story(5)).holdBefore(3, new Gate()));

        try (var gateway = TestGateway.inFrontOf(upstream, "UPSTREAM_IDLE_TIMEOUT_MS", "300")) {
            var answer = gateway.messages(ASK);

            assertThat(answer.body())
                    .contains("word0")
                    .contains("event: error")
                    .contains("UPSTREAM_IDLE_TIMEOUT_MS");
            assertThat(upstream.last().awaitDisconnect(Duration.ofSeconds(2))).isPositive();
        }
    }

    @Test
    void endsAnAnswerWhoseBackendSaysWhyItStoppedAndThenNothing() {
        var chunks =
                List.of(
                        "data:"
                            + " {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"done\"},\"finish_reason\":\"stop\"}]}\n\n",
                        "data:"
                            + " {\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":7}}\n\n");
        upstream.reply(Reply.sse(chunks).ending(Ending.HANG));

        try (var gateway =
                BackendShape.OPENAI.inFrontOf(upstream, "UPSTREAM_FINISH_TIMEOUT_MS", "100")) {
            var answer = gateway.messages(ASK);

            assertThat(answer.body())
                    .contains("\"text\":\"done\"")
                    .contains("\"stop_reason\":\"end_turn\"")
                    .contains("\"output_tokens\":7")
                    .contains("event: message_stop")
                    .doesNotContain("event: error");
            assertThat(upstream.last().awaitDisconnect(Duration.ofSeconds(5))).isPositive();
        }
    }

    @Test
    void waitsForTheCountsOfTokensThatComeAfterTheEnd() {
        var gate = new Gate();
        var chunks =
                List.of(
                        "data:"
                            + " {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"done\"},\"finish_reason\":\"stop\"}]}\n\n",
                        "data:"
                            + " {\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":7}}\n\n",
                        "data: [DONE]\n\n");
        upstream.reply(Reply.sse(chunks).holdBefore(1, gate));

        try (var gateway =
                        BackendShape.OPENAI.inFrontOf(
                                upstream, "UPSTREAM_FINISH_TIMEOUT_MS", "20000");
                var connection = gateway.raw()) {
            connection.sendMessages(ASK);
            assertThat(connection.lineStartingWith("data: {\"type\":\"content_block_delta\""))
                    .contains("done");
            gate.open();

            assertThat(connection.lineStartingWith("data: {\"type\":\"message_delta\""))
                    .contains("\"output_tokens\":7");
        }
    }

    @Test
    void pingsWhileTheUpstreamIsSilent() {
        var gate = new Gate();
        upstream.reply(Reply.sse(story(1)).holdHead(gate));

        try (var gateway = TestGateway.inFrontOf(upstream, "STREAM_PING_INTERVAL_MS", "50");
                var connection = gateway.raw()) {
            connection.sendMessages(ASK);

            assertThat(connection.lineStartingWith("event: ping")).isEqualTo("event: ping");
            gate.open();
            assertThat(connection.lineStartingWith("event: message_stop"))
                    .isEqualTo("event: message_stop");
        }
    }

    @Test
    void tellsAnErrorBeforeTheFirstEventAsAnHttpStatus() {
        upstream.reply(
                Reply.sse(
                        List.of(
                                frame(
                                        "error",
                                        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}"))));

        try (var gateway = TestGateway.inFrontOf(upstream)) {
            var answer = gateway.messages(ASK);

            assertThat(answer.statusCode()).isEqualTo(529);
            assertThat(answer.body()).contains("overloaded_error").contains("Overloaded");
        }
    }

    @Test
    void cancelsTheUpstreamWithinASecondOfTheClientLeaving() {
        upstream.reply(Reply.sse(story(500)).delayBetween(Duration.ofMillis(50)));

        try (var gateway = TestGateway.inFrontOf(upstream)) {
            long left;
            try (var connection = gateway.raw()) {
                connection.sendMessages(ASK).lineStartingWith("event: content_block_delta");
                left = System.nanoTime();
            }

            long noticed = upstream.last().awaitDisconnect(Duration.ofSeconds(5));
            assertThat(Duration.ofNanos(noticed - left)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void cancelsTheUpstreamWhenTheClientLeavesBeforeAnyAnswer() {
        upstream.reply(Reply.sse(story(1)).holdHead(new Gate()));

        try (var gateway = TestGateway.inFrontOf(upstream)) {
            long left;
            try (var connection = gateway.raw()) {
                connection.sendMessages(ASK);
                upstream.awaitRequests(1);
                left = System.nanoTime();
            }

            long noticed = upstream.last().awaitDisconnect(Duration.ofSeconds(5));
            assertThat(Duration.ofNanos(noticed - left)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void stopsReadingFromTheUpstreamWhileTheClientDoesNotRead() {
        upstream.reply(Reply.sse(story(200)).endless());

        try (var gateway = TestGateway.inFrontOf(upstream);
                var connection = gateway.raw()) {
            connection.sendMessages(ASK).lineStartingWith("event: content_block_delta");

            long before = settledBytes();
            assertThat(before).isLessThan(64L * 1024 * 1024);
        }
    }

    /** The upstream's count of bytes sent, once it has stopped growing. */
    private long settledBytes() {
        long last = -1;
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < deadline) {
            long now = upstream.last().bytesSent();
            if (now == last) {
                return now;
            }
            last = now;
            java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        }
        return Long.MAX_VALUE;
    }
}
