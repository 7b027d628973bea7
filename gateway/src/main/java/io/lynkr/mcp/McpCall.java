package io.lynkr.mcp;

import io.lynkr.json.JsonObject;

import java.util.function.Consumer;

/**
 * A request of a client that somebody behind the face answers.
 *
 * @param params as the client sent them, without what belongs to its own connection
 * @param capabilities of the client; empty where it did not say
 * @param stateless whether the client speaks the newest revision, and so understands results that
 *     ask for input
 * @param notices sends notifications that belong to the request, from any thread
 */
public record McpCall(
        JsonObject params,
        JsonObject capabilities,
        boolean stateless,
        Consumer<JsonObject> notices) {

    /** The tool or prompt that is meant. */
    public String name() {
        return params.string("name").orElse("");
    }

    public JsonObject arguments() {
        return params.object("arguments").orElse(JsonObject.EMPTY);
    }

    /** Tells the client a line about what goes on. */
    public Consumer<String> lines() {
        return new ProgressLines(notices);
    }
}
