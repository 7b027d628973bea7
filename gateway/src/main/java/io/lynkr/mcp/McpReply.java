package io.lynkr.mcp;

import io.lynkr.json.JsonValue;

import java.util.Optional;

/**
 * What is answered over HTTP.
 *
 * @param status of HTTP
 * @param body JSON; empty for notifications
 */
public record McpReply(int status, Optional<JsonValue> body) {
    static McpReply of(int status, JsonValue body) {
        return new McpReply(status, Optional.of(body));
    }

    /** Nothing to say. */
    static McpReply accepted() {
        return new McpReply(202, Optional.empty());
    }
}
