package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Reply;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors of a backend reach the client in its own shape, with the advice that fits. */
class TellsErrorsToTheClientTest {
    private static final String ASK = TestGateway.asking("hi", false);

    private final FakeUpstream upstream = new FakeUpstream();

    @AfterEach
    void stop() {
        upstream.close();
    }

    private TestGateway openAi() {
        return TestGateway.with(
                "MODEL_PROVIDER",
                "openai",
                "OPENAI_BASE_URL",
                upstream.url() + "/v1",
                "OPENAI_API_KEY",
                "sk-upstream-key",
                "OPENAI_MODEL",
                "gpt-4o");
    }

    @Test
    void passesAnApiErrorOnUnmodified() {
        var body =
                "{\"type\":\"error\", "
                    + " \"error\":{\"type\":\"invalid_request_error\",\"message\":\"prompt is too"
                    + " long: 5 tokens > 4 maximum\"},\"new\":1}";
        upstream.reply(Reply.json(400, body));

        try (var gateway = TestGateway.inFrontOf(upstream)) {
            var answer = gateway.messages(ASK);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo(body);
        }
    }

    @Test
    void keepsRetryAfter() {
        upstream.reply(
                Reply.json(
                                429,
                                "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow"
                                    + " down\"}}")
                        .header("retry-after", "7"));

        try (var gateway = TestGateway.inFrontOf(upstream)) {
            var answer = gateway.messages(ASK);

            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("retry-after")).contains("7");
        }
    }

    @Test
    void saysMillisecondsAsSeconds() {
        upstream.reply(
                Reply.json(
                                429,
                                "{\"error\":{\"message\":\"slow"
                                        + " down\",\"code\":\"rate_limit_exceeded\"}}")
                        .header("retry-after-ms", "1500"));

        try (var gateway = openAi()) {
            var answer = gateway.messages(ASK);

            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("retry-after")).contains("2");
            assertThat(answer.body()).contains("rate_limit_error");
        }
    }

    @Test
    void tellsAClientNotToRetryWhenTheMoneyIsGone() {
        upstream.reply(
                Reply.json(
                        429,
                        "{\"error\":{\"message\":\"no credit\",\"code\":\"insufficient_quota\"}}"));

        try (var gateway = openAi()) {
            var answer = gateway.messages(ASK);

            assertThat(answer.statusCode()).isEqualTo(402);
            assertThat(answer.headers().firstValue("x-should-retry")).contains("false");
        }
    }

    @Test
    void namesTheSettingWhenTheBackendRefusesTheGatewaysKey() {
        upstream.requireKey("another-key");

        try (var gateway = openAi()) {
            var answer = gateway.messages(ASK, "x-api-key", "the-clients-own-key");

            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.headers().firstValue("x-should-retry")).contains("false");
            assertThat(answer.body()).contains("OPENAI_API_KEY").doesNotContain("sk-upstream-key");
            assertThat(upstream.last().headers().toString()).doesNotContain("the-clients-own-key");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"code\":\"content_filter\"",
                "\"code\":\"x\",\"innererror\":{\"code\":\"ResponsibleAIPolicyViolation\"}"
            })
    void tellsThatAContentFilterRefusedThePrompt(String code) {
        upstream.answerWith(
                _ ->
                        Reply.json(
                                400,
                                "{\"error\":{\"message\":\"The prompt was"
                                        + " filtered.\",\"status\":400,"
                                        + code
                                        + "}}"));

        try (var gateway = openAi()) {
            var whole = gateway.messages(ASK);
            var stream = gateway.messages(TestGateway.asking("hi", true));

            assertThat(whole.statusCode()).isEqualTo(200);
            assertThat(whole.body())
                    .contains("\"content\":[]")
                    .contains("\"stop_reason\":\"refusal\"")
                    .contains("\"explanation\":\"The prompt was filtered.\"");
            assertThat(stream.body())
                    .contains("\"stop_reason\":\"refusal\"")
                    .contains("event: message_stop")
                    .doesNotContain("event: error");
        }
    }

    @Test
    void answersWithoutACallWhenNoTokensAreWanted() {
        try (var gateway = openAi()) {
            var answer = gateway.messages(ASK.replace("\"max_tokens\":100", "\"max_tokens\":0"));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"content\":[]").contains("max_tokens");
            assertThat(upstream.calls()).isEmpty();
        }
    }

    @Test
    void namesABackendThatCannotBeReached() {
        upstream.close();

        try (var gateway = TestGateway.inFrontOf(upstream)) {
            var answer = gateway.messages(ASK);

            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.body()).contains("cannot be reached").contains("api_error");
        }
    }
}
