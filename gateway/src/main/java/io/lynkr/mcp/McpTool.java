package io.lynkr.mcp;

import io.lynkr.json.JsonObject;

/**
 * A tool as clients see it in {@code tools/list}.
 *
 * @param json {@code {name, description, inputSchema, annotations, …}}
 */
public record McpTool(JsonObject json) {

    /**
     * A tool of our own.
     *
     * @param name unique, of letters, digits, {@code _}, {@code .} and {@code -}
     * @param description when and how to use it
     * @param inputSchema JSON Schema of its arguments
     * @param annotations hints such as {@code readOnlyHint}
     */
    public static McpTool of(
            String name, String description, JsonObject inputSchema, JsonObject annotations) {
        return new McpTool(
                JsonObject.of("name", name)
                        .with("description", description)
                        .with("inputSchema", inputSchema)
                        .with("annotations", annotations));
    }

    public String name() {
        return json.string("name").orElse("");
    }
}
