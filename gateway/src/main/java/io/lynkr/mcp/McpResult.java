package io.lynkr.mcp;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;

import java.util.List;

/**
 * What a call came to.
 *
 * @param json the whole result, in the protocol's words
 */
public record McpResult(JsonObject json) {

    /**
     * A result of our own. No structured content: Claude Code would drop the text then.
     *
     * @param content blocks of the protocol: {@code {type: text, text}}, {@code {type: image, data,
     *     mimeType}}
     * @param isError whether the call failed
     */
    public static McpResult of(List<JsonObject> content, boolean isError) {
        return new McpResult(
                JsonObject.of("content", JsonArray.copyOf(content)).with("isError", isError));
    }
}
