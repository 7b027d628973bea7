package io.lynkr.provider;

import io.lynkr.message.Headers;

import java.net.URI;
import java.util.Optional;

/**
 * One HTTP request to an upstream.
 *
 * @param method {@code GET} or {@code POST}
 * @param uri absolute
 * @param headers all headers but host and length; credentials included, so never to be logged
 * @param body may be empty
 * @param translator understands the answer if it comes as a stream; without one, every answer is
 *     read whole
 */
public record UpstreamRequest(
        String method,
        URI uri,
        Headers headers,
        byte[] body,
        Optional<StreamTranslator> translator) {

    public static UpstreamRequest get(URI uri, Headers headers) {
        return new UpstreamRequest("GET", uri, headers, new byte[0], Optional.empty());
    }

    public static UpstreamRequest post(URI uri, Headers headers, byte[] body) {
        return new UpstreamRequest("POST", uri, headers, body, Optional.empty());
    }

    /** The same request, ready for a streamed answer; to be sent once. */
    public UpstreamRequest understoodBy(StreamTranslator streamTranslator) {
        return new UpstreamRequest(method, uri, headers, body, Optional.of(streamTranslator));
    }
}
