package io.lynkr.http;

import io.lynkr.message.ApiError;
import io.lynkr.message.Headers;

import java.util.Optional;

/** Errors before the first byte of an answer. */
final class Errors {
    private Errors() {}

    /** Answers with an upstream's own error body if it has the API's shape, otherwise with ours. */
    static void respond(Exchange exchange, ApiError error, Headers headers, Optional<byte[]> body) {
        if (body.isPresent()) {
            exchange.respondJson(error.status(), headers, body.get());
        } else {
            exchange.respondError(error, headers);
        }
    }
}
