package io.lynkr.mcp;

import io.lynkr.json.JsonObject;

import java.util.Optional;

/** Why an MCP server gave no result. The message says it to a model or a person. */
public final class McpCallException extends Exception {
    private final transient Optional<JsonObject> error;

    /** The server could not be asked, or did not answer. */
    public McpCallException(String message) {
        super(message);
        this.error = Optional.empty();
    }

    /** The server refused, in the words of JSON-RPC: {@code {code, message, data?}}. */
    public McpCallException(JsonObject error) {
        super(error.string("message").orElse("an error without a message"));
        this.error = Optional.of(error);
    }

    /** What the server said; empty if it said nothing. */
    public Optional<JsonObject> error() {
        return error;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
