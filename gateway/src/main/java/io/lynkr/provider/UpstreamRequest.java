package io.lynkr.provider;

import io.lynkr.message.Headers;

import java.net.URI;

/**
 * One HTTP request to an upstream.
 *
 * @param method {@code GET} or {@code POST}
 * @param uri absolute
 * @param headers all headers but host and length; credentials included, so never to be logged
 * @param body may be empty
 */
public record UpstreamRequest(String method, URI uri, Headers headers, byte[] body) {

    public static UpstreamRequest get(URI uri, Headers headers) {
        return new UpstreamRequest("GET", uri, headers, new byte[0]);
    }

    public static UpstreamRequest post(URI uri, Headers headers, byte[] body) {
        return new UpstreamRequest("POST", uri, headers, body);
    }
}
