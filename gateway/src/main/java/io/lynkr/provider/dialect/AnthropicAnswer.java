package io.lynkr.provider.dialect;

import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;
import io.lynkr.message.ApiError;
import io.lynkr.message.Headers;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.ProviderException.Cause;

import java.util.Optional;

/** Tells an answer of the Messages API from what only looks like one. */
final class AnthropicAnswer {

    private AnthropicAnswer() {}

    /**
     * Lets a message pass.
     *
     * @throws ProviderException if the body of a status 200 is anything else
     */
    static void check(byte[] body) throws ProviderException {
        var json = object(body);
        if (json.type().equals("message")) {
            return;
        }
        var error = ApiError.read(200, json);
        if (error.isPresent()) {
            throw refused(error.get(), body);
        }
        throw garbled(
                json.has("error")
                        ? "the backend answered an error with status 200: "
                                + ErrorBody.read(502, body).message()
                        : "the backend answered JSON that is no message");
    }

    private static JsonObject object(byte[] body) throws ProviderException {
        try {
            return JsonValue.parse(body)
                    .asObject()
                    .orElseThrow(() -> garbled("the backend answered JSON that is no message"));
        } catch (JsonException broken) {
            throw garbled(
                    body.length == 0
                            ? "the backend answered nothing, with status 200"
                            : "the backend answered something other than JSON: "
                                    + ErrorBody.plain(body));
        }
    }

    /** An error of the Messages API that came where an answer should be. */
    static ProviderException refused(ApiError error, byte[] body) {
        var withStatus =
                new ApiError(ApiError.statusFor(error.type()), error.type(), error.message());
        return new ProviderException(
                Cause.STATUS, withStatus, Headers.NONE, Optional.of(body.clone()));
    }

    static ProviderException garbled(String why) {
        return new ProviderException(Cause.GARBLED, ApiError.api(502, why));
    }

    static ProviderException cut(String why) {
        return new ProviderException(Cause.CUT, ApiError.api(502, why));
    }
}
