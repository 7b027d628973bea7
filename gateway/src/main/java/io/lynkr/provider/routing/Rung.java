package io.lynkr.provider.routing;

import java.util.Optional;

/**
 * One way to answer a request.
 *
 * @param provider the backend's name, as in {@code MODEL_PROVIDER}
 * @param model the backend's name of its model; without it, the backend's usual one for the model
 *     that was asked for
 */
public record Rung(String provider, Optional<String> model) {

    /** Reads {@code provider} or {@code provider:model}. */
    static Rung parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new Rung(text.strip(), Optional.empty())
                : new Rung(
                        text.substring(0, colon).strip(),
                        Optional.of(text.substring(colon + 1).strip())
                                .filter(model -> !model.isEmpty()));
    }
}
