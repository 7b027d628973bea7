package io.lynkr.provider.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.json.JsonObject;
import io.lynkr.message.ApiError;
import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.provider.Translation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiErrorsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "E01|400|{\"error\":{\"code\":\"context_length_exceeded\",\"message\":\"This"
                        + " model's maximum context length is 128000 tokens. However, your messages"
                        + " resulted in 130512 tokens.\"}}|400|invalid_request_error|prompt is too"
                        + " long: 130512 tokens > 128000 maximum",
                "E02|429|{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"slow\"}}|429|rate_limit_error|slow",
                "E03|429|{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"pay\"}}|402|billing_error|pay",
                "E04|400|{\"error_code\":\"BAD_REQUEST\",\"message\":\"{\\\"error\\\":{\\\"message\\\":\\\"x\\\"}}\"}|400|invalid_request_error|x",
                "E05|502|<html><body><h1>Bad Gateway</h1></body></html>|500|api_error|Bad Gateway",
                "E10|400|{\"error\":{\"message\":\"no Bearer abcdefgh12345"
                        + " please\"}}|400|invalid_request_error|no *** please",
            })
    void saysErrorsInTheMessagesApisWords(
            String id, int status, String body, int expected, String type, String message) {
        var error = translation(64_000).error(status, Headers.NONE, body.getBytes(UTF_8));

        assertThat(error).as(id).isEqualTo(new ApiError(expected, type, message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max_tokens (64000) cannot exceed 8192|8192",
                "max_tokens is too large: 64000. This model supports at most 16384 completion"
                        + " tokens|16384",
                "Invalid max_tokens value, the valid range of max_tokens is [1, 8192]|8192",
            })
    void asksForAShorterAnswerWhenTheBackendSaysHowLongItMayBe(String refusal, long granted) {
        var corrected = translation(64_000).correctedAfter(ApiError.invalidRequest(refusal));

        var body = JsonObject.parse(corrected.orElseThrow().body());
        assertThat(body.integer("max_tokens")).hasValue(granted);
        assertThat(corrected.get().edits()).contains("clamp:max_tokens");
    }

    @Test
    void leavesOutOrRenamesWhatTheBackendDoesNotKnow() {
        var spared =
                translation(10)
                        .correctedAfter(
                                ApiError.invalidRequest("Unsupported parameter: 'temperature'"));
        var renamed =
                translation(10)
                        .correctedAfter(
                                ApiError.invalidRequest(
                                        "Unsupported parameter: 'max_tokens' is not supported with"
                                            + " this model. Use 'max_completion_tokens' instead."));

        assertThat(JsonObject.parse(spared.orElseThrow().body()).has("temperature")).isFalse();
        assertThat(JsonObject.parse(renamed.orElseThrow().body()).integer("max_completion_tokens"))
                .hasValue(10);
    }

    @Test
    void leavesARefusalAloneThatItCannotMend() {
        assertThat(translation(10).correctedAfter(ApiError.invalidRequest("no"))).isEmpty();
        assertThat(
                        translation(64_000)
                                .correctedAfter(
                                        ApiError.invalidRequest(
                                                "input length and `max_tokens` exceed context"
                                                        + " limit: 5 + 64000 > 8192")))
                .isEmpty();
    }

    private static Translation translation(long maxTokens) {
        var request =
                "{\"model\":\"m\",\"max_tokens\":%d,\"temperature\":1,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
                        .formatted(maxTokens);
        return OpenAiGolden.translate(
                MessagesRequest.parse(request.getBytes(UTF_8)), OpenAiProfile.vllm(), true);
    }
}
