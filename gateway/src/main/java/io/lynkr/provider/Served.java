package io.lynkr.provider;

import io.lynkr.message.Headers;

import java.util.List;

/**
 * Who served an answer, and how.
 *
 * @param provider the provider's name
 * @param model the model's name at the backend
 * @param headers the upstream's response headers that concern the client
 * @param edits what was changed in the request on its way, such as {@code drop:context_management}
 */
public record Served(String provider, String model, Headers headers, List<String> edits) {
    public Served {
        edits = List.copyOf(edits);
    }
}
