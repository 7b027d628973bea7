package io.lynkr.provider.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorBodyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
"""
 400 | {"type":"error","error":{"type":"invalid_request_error","message":"temperature: bad"}} | 400 | invalid_request_error | temperature: bad
 500 | {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}         | 500 | overloaded_error      | Overloaded
 400 | {"error_code":"BAD_REQUEST","message":"no"}                                         | 400 | invalid_request_error | no
 404 | {"error_code":"ENDPOINT_NOT_FOUND","message":"no endpoint"}                         | 404 | not_found_error       | no endpoint
 403 | {"error_code":"PERMISSION_DENIED","message":"not yours"}                            | 403 | permission_error      | not yours
 429 | {"error_code":"REQUEST_LIMIT_EXCEEDED","message":"slow"}                            | 429 | rate_limit_error      | slow
 503 | {"error_code":"TEMPORARILY_UNAVAILABLE","message":"later"}                          | 529 | overloaded_error      | later
 413 | {"error_code":"INTERNAL_ERROR","message":"too much"}                                | 413 | request_too_large     | too much
 502 | {"error_code":"INTERNAL_ERROR","message":"broken"}                                  | 500 | api_error             | broken
 400 | {"error_code":"BAD_REQUEST","message":"BAD: {\\"type\\":\\"error\\",\\"error\\":{\\"type\\":\\"invalid_request_error\\",\\"message\\":\\"inner\\"}}"} | 400 | invalid_request_error | inner
 400 | {"error_code":"BAD_REQUEST","message":"{\\"message\\":\\"inner\\"}"}               | 400 | invalid_request_error | inner
 401 | {"error":{"code":"401","message":"Access denied due to invalid subscription key"}}  | 401 | authentication_error  | Access denied due to invalid subscription key
 404 | {"error":{"code":"DeploymentNotFound","message":"no deployment"}}                   | 404 | not_found_error       | no deployment
 429 | {"error":{"message":"You exceeded your quota","type":"insufficient_quota","code":"insufficient_quota"}} | 402 | billing_error | You exceeded your quota
 400 | {"error":{"message":"bad","type":"invalid_request_error","param":null,"code":null}} | 400 | invalid_request_error | bad
 200 | {"error":{"message":"Provider returned error","code":502}}                          | 500 | api_error             | Provider returned error
 400 | [{"error":{"code":429,"message":"quota","status":"RESOURCE_EXHAUSTED"}}]            | 429 | rate_limit_error      | quota
 500 | {"error":"model requires more system memory"}                                       | 500 | api_error             | model requires more system memory
 422 | {"detail":[{"loc":["body","messages"],"msg":"field required"}]}                     | 400 | invalid_request_error | body.messages: field required
 422 | {"detail":"no"}                                                                     | 400 | invalid_request_error | no
 502 | <html><head><title>x</title></head><body><h1>502 Bad Gateway</h1></body></html>     | 500 | api_error             | 502 Bad Gateway
 408 | "too slow"                                                                          | 504 | timeout_error         | too slow
 503 | upstream connect error                                                              | 529 | overloaded_error      | upstream connect error
 403 | key Bearer abcdefghijklmnop refused                                                 | 403 | permission_error      | key *** refused
 500 |                                                                                     | 500 | api_error             | the backend answered with status 500
""")
    void saysAnyErrorInTheApisWords(
            int status, String body, int mappedStatus, String type, String message) {
        byte[] bytes = body == null ? new byte[0] : body.getBytes(UTF_8);

        var error = ErrorBody.read(status, bytes);

        assertThat(error.status()).isEqualTo(mappedStatus);
        assertThat(error.type()).isEqualTo(type);
        assertThat(error.message()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
"""
 This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens. | prompt is too long: 9001 tokens > 8192 maximum
 This model's maximum context length is 8192 tokens. However, you requested 9000 tokens (5000 in the messages, 4000 in the completion). | input length and `max_tokens` exceed context limit: 5000 + 4000 > 8192
 This model's maximum context length is 8192 tokens. However, you requested 13000 tokens (9000 in the messages, 4000 in the completion). | prompt is too long: 13000 tokens > 8192 maximum
 the request exceeds the available context size (4096 tokens), try increasing it | prompt is too long: the request exceeds the available context size (4096 tokens), try increasing it
 request (10500 tokens) exceeds the available context size (4096 tokens) | prompt is too long: 10500 tokens > 4096 maximum
 too many tokens: total tokens 9000 must not exceed 8000 | prompt is too long: 9000 tokens > 8000 maximum
 Input is too long for requested model. | prompt is too long: Input is too long for requested model.
 prompt is too long: 5 tokens > 4 maximum | prompt is too long: 5 tokens > 4 maximum
""")
    void saysThatAPromptIsTooLongAsClientsExpectIt(String text, String message) {
        var error =
                ErrorBody.read(400, ("{\"error\":{\"message\":\"" + text + "\"}}").getBytes(UTF_8));

        assertThat(error.status()).isEqualTo(400);
        assertThat(error.message()).isEqualTo(message);
    }

    @Property
    void readsAnyBytes(@ForAll byte[] body) {
        assertThat(ErrorBody.read(500, body).status()).isBetween(400, 599);
    }
}
