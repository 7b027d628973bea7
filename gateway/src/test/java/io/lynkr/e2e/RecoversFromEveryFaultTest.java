package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Reply;
import io.lynkr.testing.Reply.Ending;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * One gateway lives through every way in which a backend can break: each time the client hears of
 * it in the API's words, the next request is served, and in the end nothing is left behind.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class RecoversFromEveryFaultTest {
    private static final int REPEATS = 8;
    private static final String START =
            "event: message_start\n"
                + "data:"
                + " {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}}\n\n";
    private static final String PIECE =
            "event: ping\ndata: {\"type\": \"ping\", \"filler\": \""
                    + "x".repeat(4_000)
                    + "\"}\n\n";

    private final FakeUpstream upstream = new FakeUpstream();
    private TestGateway gateway;

    /** What the backend does; and whether the stream has begun for the client by then. */
    // A reply holds lists that cannot change, which their types do not tell.
    @SuppressWarnings("ImmutableEnumChecker")
    enum Fault {
        RESET(false, Reply.reset()),
        SILENCE(false, Reply.silence()),
        GARBAGE(
                false,
                Reply.garbage("\u0001\u0002 not http\r\n\r\n".getBytes(StandardCharsets.UTF_8))),
        ENDLESS_HEAD(
                false,
                Reply.garbage(
                        ("HTTP/1.1 200 OK\r\n" + "X-Filler: y\r\n".repeat(20_000))
                                .getBytes(StandardCharsets.UTF_8))),
        HTML(false, Reply.html(200, "<html>maintenance</html>")),
        EMPTY(false, Reply.json(200, "")),
        BROKEN_JSON(false, Reply.json(200, "{\"type\":\"message\",")),
        SHORT_BODY(false, Reply.json(200, "{\"type\":\"message\"}").contentLength(4_000)),
        CUT_JSON(false, Reply.json(200, "{\"type\":\"message\"}").cutAfterBytes(5)),
        REDIRECT(false, Reply.of(302, "text/plain", "").header("location", "http://127.0.0.1:1/")),
        SERVER_ERROR(false, Reply.html(500, "<html>oops</html>")),
        STREAM_RESET(true, begun().cutAfterFrames(1).ending(Ending.RESET)),
        STREAM_CLOSED(true, begun().cutAfterFrames(1).ending(Ending.CLOSE)),
        STREAM_HALF_CLOSED(true, begun().cutAfterFrames(1).ending(Ending.HALF_CLOSE)),
        STREAM_TRUNCATED(true, begun().cutAfterFrames(1).ending(Ending.TRUNCATED_CHUNK)),
        STREAM_STALLED(true, begun().cutAfterFrames(1).ending(Ending.HANG)),
        STREAM_GARBLED(
                true, Reply.sse(List.of(START, "event: content_block_start\ndata: {nonsense\n\n"))),
        STREAM_OF_PINGS(
                true,
                Reply.sse(List.of(START, PIECE)).delayBetween(Duration.ofMillis(20)).endless());

        private final boolean begins;
        private final Reply reply;

        Fault(boolean begins, Reply reply) {
            this.begins = begins;
            this.reply = reply;
        }

        private static Reply begun() {
            return Reply.sse(List.of(START, PIECE));
        }
    }

    @BeforeAll
    void start() {
        gateway =
                TestGateway.inFrontOf(
                        upstream,
                        "UPSTREAM_FIRST_BYTE_TIMEOUT_MS",
                        "400",
                        "UPSTREAM_IDLE_TIMEOUT_MS",
                        "400",
                        "UPSTREAM_CONTENT_TIMEOUT_MS",
                        "600",
                        // The faults come one after the other, which is what the breaker is for.
                        "CIRCUIT_BREAKER_FAILURE_THRESHOLD",
                        "10000");
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void tellsTheClientAndServesTheNext(Fault fault) {
        upstream.reply(fault.reply);

        var answer = gateway.messages(TestGateway.asking("hi", true));

        if (fault.begins) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("event: message_start", "event: error")
                    .doesNotContain("message_stop");
        } else {
            assertThat(answer.statusCode()).isBetween(500, 599);
            assertThat(answer.body()).startsWith("{\"type\":\"error\",\"error\":{\"type\":\"");
        }
        assertThat(gateway.messages(TestGateway.asking("hi", true)).body())
                .contains("event: message_stop");
        assertThat(gateway.messages(TestGateway.asking("hi", false)).statusCode()).isEqualTo(200);
    }

    @Test
    @Order(2)
    void leavesNothingBehind() {
        everyFault();
        int threads = Thread.activeCount();
        int files = openFiles();

        for (int i = 0; i < REPEATS; i++) {
            everyFault();
        }

        // Pools may hold a few connections more or less; a leak would be a dozen in each round.
        assertThat(openFiles()).isLessThan(files + 2 * REPEATS);
        assertThat(Thread.activeCount()).isLessThan(threads + REPEATS);
        assertThat(upstream.openConnections()).isLessThan(2 * REPEATS);
    }

    private void everyFault() {
        for (var fault : Fault.values()) {
            // Those that wait for a time-out would make this long, and are like their neighbours.
            if (fault != Fault.SILENCE
                    && fault != Fault.STREAM_STALLED
                    && fault != Fault.STREAM_OF_PINGS) {
                upstream.reply(fault.reply);
                assertThat(gateway.messages(TestGateway.asking("hi", true)).body()).isNotEmpty();
                // More successes than failures, so that the breaker stays closed.
                for (int i = 0; i < 2; i++) {
                    assertThat(gateway.messages(TestGateway.asking("hi", true)).body())
                            .contains("event: message_stop");
                }
            }
        }
    }

    private static int openFiles() {
        var files = new File("/proc/self/fd").list();
        return Objects.requireNonNullElse(files, new String[0]).length;
    }
}
