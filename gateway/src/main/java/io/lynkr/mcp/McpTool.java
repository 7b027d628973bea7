package io.lynkr.mcp;

import io.lynkr.json.JsonObject;

/**
 * A tool as clients see it in {@code tools/list}.
 *
 * @param name unique, of letters, digits, {@code _}, {@code .} and {@code -}
 * @param description when and how to use it
 * @param inputSchema JSON Schema of its arguments
 * @param annotations hints such as {@code readOnlyHint}
 * @param loadedAtOnce whether Claude Code should hold it in its context from the start
 */
public record McpTool(
        String name,
        String description,
        JsonObject inputSchema,
        JsonObject annotations,
        boolean loadedAtOnce) {

    JsonObject toJson() {
        var json =
                JsonObject.of("name", name)
                        .with("description", description)
                        .with("inputSchema", inputSchema)
                        .with("annotations", annotations);
        return loadedAtOnce
                ? json.with("_meta", JsonObject.EMPTY.with("anthropic/alwaysLoad", true))
                : json;
    }
}
