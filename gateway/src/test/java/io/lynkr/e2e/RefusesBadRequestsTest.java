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

/** A body that makes no sense is refused with the name of the field, and costs no upstream call. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusesBadRequestsTest {
    private final FakeUpstream upstream = new FakeUpstream();
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.inFrontOf(upstream, "REQUEST_JSON_LIMIT", "64kb");
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    static Stream<Arguments> bodies() {
        var messages = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
        return Stream.of(
                Arguments.of("", "JSON"),
                Arguments.of("hello", "JSON"),
                Arguments.of("[]", "JSON object"),
                Arguments.of("{\"model\":\"m\"", "JSON"),
                Arguments.of("{\"model\":\"m\",\"model\":\"n\"}", "\"model\" stands twice"),
                Arguments.of("{\"a\":" + "[".repeat(300) + "]".repeat(300) + "}", "200 levels"),
                Arguments.of("{\"max_tokens\":5," + messages + "}", "model: Field required"),
                Arguments.of("{\"model\":5,\"max_tokens\":5," + messages + "}", "model: "),
                Arguments.of("{\"model\":\" \",\"max_tokens\":5," + messages + "}", "model: "),
                Arguments.of("{\"model\":\"m\"," + messages + "}", "max_tokens: Field required"),
                Arguments.of(
                        "{\"model\":\"m\",\"tools\":[{\"type\":\"function\",\"name\":\"theirs\"}],"
                                + messages
                                + "}",
                        "max_tokens: Field required"),
                Arguments.of(
                        "{\"model\":\"m\",\"stream\":true,\"tools\":[{\"type\":\"function\",\"name\":\"theirs\"}],"
                                + messages
                                + "}",
                        "max_tokens: Field required"),
                Arguments.of(
                        "{\"model\":\"m\",\"max_tokens\":-1," + messages + "}", "max_tokens: "),
                Arguments.of(
                        "{\"model\":\"m\",\"max_tokens\":1.5," + messages + "}", "max_tokens: "),
                Arguments.of(
                        "{\"model\":\"m\",\"max_tokens\":1e99999999999," + messages + "}",
                        "max_tokens: "),
                Arguments.of(
                        "{\"model\":\"m\",\"max_tokens\":5,\"top_p\":-1e99999999999,"
                                + messages
                                + "}",
                        "top_p: "),
                Arguments.of(
                        "{\"model\":\"m\",\"max_tokens\":\"5\"," + messages + "}", "max_tokens: "),
                Arguments.of("{\"model\":\"m\",\"max_tokens\":5}", "messages: Field required"),
                Arguments.of("{\"model\":\"m\",\"max_tokens\":5,\"messages\":[]}", "messages: "),
                Arguments.of(
                        "{\"model\":\"m\",\"max_tokens\":5,\"messages\":\"hi\"}", "messages: "),
                Arguments.of(
                        "{\"model\":\"m\",\"max_tokens\":5,\"messages\":[\"hi\"]}", "messages.0: "),
                Arguments.of(
                        "{\"model\":\"m\",\"max_tokens\":5,\"messages\":[{\"role\":\"robot\",\"content\":\"hi\"}]}",
                        "messages.0.role: "),
                Arguments.of(
                        "{\"model\":\"m\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\"}]}",
                        "messages.0.content: Field required"),
                Arguments.of(
                        "{\"model\":\"m\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":[{}]}]}",
                        "messages.0.content.0.type: Field required"),
                Arguments.of(
                        "{\"model\":\"m\",\"max_tokens\":5,\"stream\":\"yes\"," + messages + "}",
                        "stream: "),
                Arguments.of(
                        "{\"model\":\"m\",\"max_tokens\":5,\"temperature\":-1," + messages + "}",
                        "temperature: "),
                Arguments.of(
                        "{\"model\":\"m\",\"max_tokens\":5,\"tools\":{}," + messages + "}",
                        "tools: "),
                Arguments.of(
                        "{\"model\":\"m\",\"max_tokens\":5,\"tools\":[7]," + messages + "}",
                        "tools.0: "),
                Arguments.of(
                        "{\"model\":\"m\",\"max_tokens\":5,\"system\":7," + messages + "}",
                        "system: "));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void namesWhatIsWrong(String body, String expected) {
        int before = upstream.requests().size();

        var answer = gateway.messages(body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\"");
        assertThat(answer.body().replace("\\\"", "\"")).contains(expected);
        assertThat(upstream.requests()).hasSize(before);
    }

    @Test
    void refusesABodyThatIsNotUtf8() {
        try (var connection = gateway.raw()) {
            connection.send(
                    "POST /v1/messages HTTP/1.1\r\n"
                            + "Host: localhost\r\n"
                            + "Content-Type: application/json\r\n"
                            + "Content-Length: 13\r\n\r\n"
                            + "{\"model\":\"\u00ff\"}");

            assertThat(connection.answer()).contains("not UTF-8");
        }
    }

    @Test
    void refusesAChunkedBodyOverTheLimitWhileItComes() {
        try (var connection = gateway.raw()) {
            connection.send(
                    "POST /v1/messages HTTP/1.1\r\n"
                            + "Host: localhost\r\n"
                            + "Content-Type: application/json\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 10; i++) {
                connection.send("2000\r\n" + " ".repeat(0x2000) + "\r\n");
            }

            assertThat(connection.answer())
                    .contains("413")
                    .contains("request_too_large")
                    .contains("REQUEST_JSON_LIMIT");
        }
    }

    @Test
    void takesAnUnknownFieldAndAnUnknownBlock() {
        var answer =
                gateway.messages(
                        "{\"model\":\"m\",\"max_tokens\":5,\"brand_new\":{\"a\":1},\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"hologram\",\"x\":1},{\"type\":\"text\",\"text\":\"[[text:ok]]\"}]}]}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(upstream.last().bodyText()).contains("brand_new").contains("hologram");
    }
}
