package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** What is no proper HTTP request never reaches the upstream, and never harms the next one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusesBadHttpTest {
    private static final String BODY = TestGateway.asking("[[text:fine]]", false);
    private static final String START =
            "POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private static final String LENGTH = "Content-Length: " + BODY.length() + "\r\n";

    private final FakeUpstream upstream = new FakeUpstream();
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.inFrontOf(upstream);
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                bad(
                        "two different lengths",
                        400,
                        START + LENGTH + "Content-Length: 5\r\n\r\n" + BODY),
                bad("the same length twice", 400, START + LENGTH + LENGTH + "\r\n" + BODY),
                bad("a list of lengths", 400, START + "Content-Length: 5, 5\r\n\r\n" + BODY),
                bad(
                        "a length and chunks",
                        400,
                        START + LENGTH + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                bad(
                        "an unknown transfer coding",
                        400,
                        START + LENGTH + "Transfer-Encoding: xchunked\r\n\r\n" + BODY),
                bad(
                        "two transfer codings",
                        400,
                        START + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
                bad("a signed length", 400, START + "Content-Length: +5\r\n\r\n" + BODY),
                bad("a negative length", 400, START + "Content-Length: -5\r\n\r\n" + BODY),
                bad("a hexadecimal length", 400, START + "Content-Length: 0x10\r\n\r\n" + BODY),
                bad(
                        "a length beyond all numbers",
                        400,
                        START + "Content-Length: 99999999999999999999999\r\n\r\n" + BODY),
                bad("a length over the limit", 413, START + "Content-Length: 99999999999\r\n\r\n"),
                bad("a space before the colon", 400, START + "Content-Length : 5\r\n\r\n" + BODY),
                bad(
                        "a bare carriage return",
                        400,
                        START + "X-A: a\rb\r\n" + LENGTH + "\r\n" + BODY),
                bad("a NUL in a value", 400, START + "X-A: a\0b\r\n" + LENGTH + "\r\n" + BODY),
                bad("a broken chunk size", 400, START + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
                bad(
                        "no host",
                        400,
                        START.replace("Host: localhost\r\n", "") + LENGTH + "\r\n" + BODY),
                bad("two hosts", 400, START + "Host: localhost\r\n" + LENGTH + "\r\n" + BODY),
                bad(
                        "another authority in the target",
                        400,
                        START.replace("/v1/messages", "http://evil.example/v1/messages")
                                + LENGTH
                                + "\r\n"
                                + BODY),
                bad(
                        "a foreign host",
                        421,
                        START.replace("localhost", "evil.example") + LENGTH + "\r\n" + BODY),
                bad(
                        "a web page's origin",
                        403,
                        START + "Origin: http://evil.example\r\n" + LENGTH + "\r\n" + BODY),
                bad(
                        "a web page's navigation",
                        403,
                        START + "Sec-Fetch-Site: cross-site\r\n" + LENGTH + "\r\n" + BODY),
                bad(
                        "dots in the path",
                        400,
                        START.replace("/v1/messages", "/v1/../v1/messages")
                                + LENGTH
                                + "\r\n"
                                + BODY),
                bad(
                        "an encoded slash",
                        400,
                        START.replace("/v1/messages", "/v1%2fmessages") + LENGTH + "\r\n" + BODY),
                bad(
                        "a text body",
                        415,
                        START.replace("application/json", "text/plain") + LENGTH + "\r\n" + BODY),
                bad(
                        "a compressed body",
                        415,
                        START + "Content-Encoding: gzip\r\n" + LENGTH + "\r\n" + BODY),
                bad("huge headers", 431, START + "X: " + "a".repeat(40_000) + "\r\n\r\n"),
                bad("very many headers", 431, START + "X: a\r\n".repeat(200) + "\r\n"),
                bad(
                        "a long request line",
                        414,
                        START.replace("/v1/messages", "/" + "a".repeat(9_000)) + "\r\n"),
                bad("a TLS greeting", 400, "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\r\n\r\n"),
                bad("plain words", 400, "hello there\r\n\r\n"),
                bad(
                        "the wrong method",
                        405,
                        "GET /v1/messages HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                bad("an unknown path", 404, "GET /v1/nothing HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    }

    private static Arguments bad(String what, int status, String bytes) {
        return Arguments.of(what, status, bytes);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void refuses(String what, int status, String bytes) {
        int before = upstream.requests().size();

        try (var connection = gateway.raw()) {
            var answer = connection.send(bytes).answer();

            assertThat(answer)
                    .as(what)
                    .contains(" " + status + " ")
                    .contains("{\"type\":\"error\"")
                    .contains("\"message\"")
                    .contains("\"request_id\"");
        }
        assertThat(upstream.requests()).as("nothing reaches the upstream").hasSize(before);
        assertThat(gateway.messages(BODY).statusCode()).as("the next request works").isEqualTo(200);
    }

    @Test
    void answersPipelinedRequestsInOrder() {
        try (var connection = gateway.raw()) {
            connection.sendMessages(TestGateway.asking("[[text:first]]", false));
            connection.sendMessages(TestGateway.asking("[[text:second]]", false));

            assertThat(connection.answer()).contains("first");
            assertThat(connection.answer()).contains("second");
        }
    }
}
