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
 * @param again whether it is an answer to an earlier request, for which nobody was asked now
 */
public record Served(
        String provider, String model, Headers headers, List<String> edits, boolean again) {
    public Served {
        edits = List.copyOf(edits);
    }

    /** Somebody was asked just now. */
    public Served(String provider, String model, Headers headers, List<String> edits) {
        this(provider, model, headers, edits, false);
    }

    /** The same with more headers for the client. */
    public Served with(Headers more) {
        return new Served(provider, model, headers.and(more), edits, again);
    }
}
