package io.lynkr.http;

import io.lynkr.message.Headers;

import java.util.Optional;

/**
 * What is known of a request before its body.
 *
 * @param method in capitals
 * @param path as it was sent, percent signs included
 * @param query without the question mark; empty if there is none
 * @param headers as they came
 * @param client the caller's address
 * @param requestId the client's own id if it is a plain one, otherwise a new one
 */
record RequestHead(
        String method,
        String path,
        String query,
        Headers headers,
        String client,
        String requestId) {

    /** A parameter of the query, decoded. */
    Optional<String> parameter(String name) {
        for (var pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            var key = equals < 0 ? pair : pair.substring(0, equals);
            if (key.equals(name)) {
                return Percent.decode(equals < 0 ? "" : pair.substring(equals + 1));
            }
        }
        return Optional.empty();
    }
}
