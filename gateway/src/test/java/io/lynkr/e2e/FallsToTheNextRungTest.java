package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Json;
import io.lynkr.testing.Reply;
import io.lynkr.testing.Reply.Ending;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Requests find their backend, and the next one if it fails before the answer begins. */
class FallsToTheNextRungTest {
    private final FakeUpstream first = new FakeUpstream();
    private final FakeUpstream second = new FakeUpstream();

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    private TestGateway routing(String routes, String... more) {
        var settings =
                new ArrayList<>(
                        List.of(
                                "MODEL_ROUTES",
                                routes,
                                "OPENAI_BASE_URL",
                                second.url("/v1").toString(),
                                "OPENAI_API_KEY",
                                "k",
                                "OPENAI_MODEL",
                                "gpt-own",
                                "OLLAMA_ENDPOINT",
                                second.url("/ollama").toString(),
                                "OLLAMA_MODEL",
                                "qwen3:8b"));
        settings.addAll(List.of(more));
        return TestGateway.inFrontOf(first, settings.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "529, overloaded_error",
        "500, api_error",
        "503, api_error",
        "429, rate_limit_error",
        "402, billing_error",
        "401, authentication_error",
        "404, not_found_error"
    })
    void fallsAfterAFailure(int status, String type) {
        first.answerWith(_ -> error(status, type, "trouble"));

        try (var gateway = routing("*=anthropic>openai:gpt-big")) {
            var answer = gateway.messages(TestGateway.asking("[[text:hello]]", true));

            assertThat(answer.body()).contains("hello", "event: message_stop");
            assertThat(header(answer, "x-lynkr-provider")).isEqualTo("openai");
            assertThat(header(answer, "x-lynkr-model")).isEqualTo("gpt-big");
            assertThat(header(answer, "x-lynkr-route"))
                    .startsWith("*: anthropic(")
                    .endsWith("openai");
            assertThat(second.lastRequest().model().model()).isEqualTo("gpt-big");
            assertThat(gateway.get("/metrics/prometheus").body())
                    .contains("lynkr_route_falls_total{provider=\"anthropic\"");
        }
    }

    @Test
    void fallsWhenTheContextIsTooLong() {
        first.answerWith(
                _ ->
                        error(
                                400,
                                "invalid_request_error",
                                "prompt is too long: 210000 tokens > 200000 maximum"));

        try (var gateway = routing("*=anthropic>openai")) {
            var answer = gateway.messages(TestGateway.asking("[[text:hello]]", false));

            assertThat(answer.body()).contains("hello");
            assertThat(header(answer, "x-lynkr-model")).isEqualTo("gpt-own");
        }
    }

    @Test
    void fallsWhileTheCircuitIsOpen() {
        first.answerWith(_ -> error(500, "api_error", "trouble"));

        try (var gateway = routing("*=anthropic>openai")) {
            for (int i = 0; i < 8; i++) {
                assertThat(gateway.messages(TestGateway.asking("[[text:hi]]", false)).statusCode())
                        .isEqualTo(200);
            }
            assertThat(first.calls()).hasSize(5);
        }
    }

    @Test
    void fallsWhenNothingComesInTime() {
        first.answerWith(_ -> Reply.silence());

        try (var gateway = routing("*=anthropic>openai", "UPSTREAM_FIRST_BYTE_TIMEOUT_MS", "200")) {
            assertThat(gateway.messages(TestGateway.asking("[[text:hi]]", true)).body())
                    .contains("hi");
        }
    }

    @Test
    void doesNotFallForTheClientsOwnMistake() {
        first.answerWith(_ -> error(400, "invalid_request_error", "temperature: too hot"));

        try (var gateway = routing("*=anthropic>openai")) {
            var answer = gateway.messages(TestGateway.asking("hi", false));

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("too hot");
            assertThat(second.calls()).isEmpty();
        }
    }

    @Test
    void doesNotFallOnceTheAnswerHasBegun() {
        first.answerWith(
                request -> first.modelReply(request).cutAfterFrames(3).ending(Ending.RESET));

        try (var gateway = routing("*=anthropic>openai")) {
            var answer = gateway.messages(TestGateway.asking("[[text:hello]]", true));

            assertThat(answer.body()).contains("event: message_start", "event: error");
            assertThat(second.calls()).isEmpty();
        }
    }

    @Test
    void tellsTheFirstFailureIfAllFail() {
        first.answerWith(_ -> error(529, "overloaded_error", "first is busy"));
        second.answerWith(
                _ -> Reply.json(400, "{\"error\":{\"message\":\"second knows no such\"}}"));

        try (var gateway = routing("*=anthropic>openai")) {
            var answer = gateway.messages(TestGateway.asking("hi", false));

            assertThat(answer.statusCode()).isEqualTo(529);
            assertThat(answer.body()).contains("first is busy");
            assertThat(header(answer, "x-lynkr-route"))
                    .isEqualTo("*: anthropic(http_529) > openai(http_400)");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "haiku=openai:small | claude-haiku-4-5-20251001 | {} | openai",
                "haiku=openai:small | claude-sonnet-4-5 | {} | anthropic",
                ":background=openai:small | claude-3-5-haiku-latest | {} | openai",
                "claude-opus*=openai:big | claude-opus-4-1[1m] | {} | openai",
                ":thinking=openai:r | claude-sonnet-4-5 |"
                        + " {\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}} | openai",
                ":thinking=openai:r | claude-sonnet-4-5 | {\"thinking\":{\"type\":\"disabled\"}} |"
                        + " anthropic",
                ":few-tools=openai:s | claude-sonnet-4-5 | {} | openai",
                ":images=openai:s | claude-sonnet-4-5 | {} | anthropic",
            })
    void choosesByTheFirstRuleThatFits(String routes, String model, String extra, String expected) {
        try (var gateway = routing(routes)) {
            var body =
                    TestGateway.asking("[[text:hi]]", false)
                            .replace("claude-x", model)
                            .replace("\"max_tokens\":100", "\"max_tokens\":2000")
                            .replaceFirst(
                                    "\\{",
                                    extra.equals("{}")
                                            ? "{"
                                            : extra.substring(0, extra.length() - 1)
                                                            .replace("$", "\\$")
                                                    + ",");

            var answer = gateway.messages(body);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(header(answer, "x-lynkr-provider")).isEqualTo(expected);
        }
    }

    @Test
    void choosesByImagesLengthAndAgent() {
        try (var gateway =
                routing(
                        "agent:explore-*=openai:agents;:images=openai:eyes;:long-context=openai:long",
                        "ROUTING_LONG_CONTEXT_TOKENS",
                        "1000")) {
            var image =
                    TestGateway.asking("x", false)
                            .replace(
                                    "\"content\":\"x\"",
                                    "\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"iVBORw0KGgo=\"}}]");
            assertThat(header(gateway.messages(image), "x-lynkr-model")).isEqualTo("eyes");

            var tall = TestGateway.asking("word ".repeat(4_000), false);
            assertThat(header(gateway.messages(tall), "x-lynkr-model")).isEqualTo("long");

            var ask = TestGateway.asking("hi", false);
            assertThat(
                            header(
                                    gateway.messages(ask, "x-claude-code-agent-id", "explore-1"),
                                    "x-lynkr-model"))
                    .isEqualTo("agents");
            assertThat(header(gateway.messages(ask), "x-lynkr-provider")).isEqualTo("anthropic");
        }
    }

    @Test
    void prefersOllamaForFewToolsAndFallsToTheCloud() {
        try (var gateway =
                routing("", "PREFER_OLLAMA", "true", "OLLAMA_MAX_TOOLS_FOR_ROUTING", "2")) {
            var small = gateway.messages(TestGateway.asking("[[text:hi]]", false));
            assertThat(header(small, "x-lynkr-provider")).isEqualTo("ollama");
            assertThat(header(small, "x-lynkr-model")).isEqualTo("qwen3:8b");

            var tool = "{\"name\":\"t%d\",\"input_schema\":{\"type\":\"object\"}}";
            var many =
                    TestGateway.asking("[[text:hi]]", false)
                            .replace(
                                    "\"messages\"",
                                    "\"tools\":["
                                            + tool.formatted(1)
                                            + ","
                                            + tool.formatted(2)
                                            + "],\"messages\"");
            assertThat(header(gateway.messages(many), "x-lynkr-provider")).isEqualTo("anthropic");

            second.answerWith(_ -> Reply.json(503, "{\"error\":\"loading\"}"));
            var fallen = gateway.messages(TestGateway.asking("[[text:there]]", false));
            assertThat(header(fallen, "x-lynkr-provider")).isEqualTo("anthropic");
            assertThat(fallen.body()).contains("there");
        }
    }

    /** What the first backend signed goes back to it, and not to the second. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sendsNobodyTheThinkingOfOthers(boolean secondSigned) {
        var signed =
                """
                {"id":"msg_1","type":"message","role":"assistant","model":"m","stop_reason":"end_turn",
                 "content":[{"type":"thinking","thinking":"hm","signature":"sig-of-%s"},{"type":"text","text":"well"}],
                 "usage":{"input_tokens":1,"output_tokens":1}}
                """;
        first.answerWith(_ -> Reply.json(200, signed.formatted("first")));
        second.answerWith(_ -> Reply.json(200, signed.formatted("second")));
        var history =
                """
                {"model":"%s","max_tokens":3000,"thinking":{"type":"enabled","budget_tokens":1024},"messages":[
                 {"role":"user","content":"hi"},
                 {"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"sig-of-%s"},{"type":"text","text":"well"}]},
                 {"role":"user","content":"and now?"}]}
                """;
        try (var gateway = routing("other=ollama:m", "OLLAMA_DIALECT", "anthropic")) {
            gateway.messages(TestGateway.asking("hi", false));
            gateway.messages(TestGateway.asking("hi", false).replace("claude-x", "other"));
            var signer = secondSigned ? "second" : "first";

            var toFirst = gateway.messages(history.formatted("claude-x", signer));
            var toSecond = gateway.messages(history.formatted("other", signer));

            assertThat(first.lastRequest().bodyText().contains("sig-of")).isEqualTo(!secondSigned);
            assertThat(second.lastRequest().bodyText().contains("sig-of")).isEqualTo(secondSigned);
            assertThat(header(secondSigned ? toFirst : toSecond, "x-lynkr-edits"))
                    .contains("drop:foreign-thinking");
            assertThat(Json.parse(second.lastRequest().body()).get("messages").items()).hasSize(3);
        }
    }

    private static Reply error(int status, String type, String message) {
        return Reply.json(
                status,
                Json.object(
                        "type", "error", "error", Json.object("type", type, "message", message)));
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
