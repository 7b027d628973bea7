package io.lynkr.mcp;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;

import java.util.List;

/**
 * What a call came to.
 *
 * @param content blocks of the protocol: {@code {type: text, text}}, {@code {type: image, data,
 *     mimeType}}
 * @param isError whether the call failed
 */
public record McpResult(List<JsonObject> content, boolean isError) {
    public McpResult {
        content = List.copyOf(content);
    }

    /** No structured content: Claude Code would drop the text then. */
    JsonObject toJson() {
        return JsonObject.of("content", JsonArray.copyOf(content)).with("isError", isError);
    }
}
