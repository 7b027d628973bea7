package io.lynkr.mcp;

import io.lynkr.json.JsonObject;

/**
 * A tool of an MCP server, as the gateway offers it.
 *
 * @param name under which it is offered: {@code mcp_<server>_<tool>}
 * @param server whose tool it is
 * @param tool its name there
 * @param definition as the server lists it, without characters that nobody sees
 */
public record HostedTool(String name, String server, String tool, JsonObject definition) {

    public String description() {
        return definition.string("description").orElse("");
    }

    /** JSON Schema of its arguments. */
    public JsonObject inputSchema() {
        return definition.object("inputSchema").orElse(JsonObject.of("type", "object"));
    }

    private JsonObject annotations() {
        return definition.object("annotations").orElse(JsonObject.EMPTY);
    }

    /** Whether the server says that it changes nothing; a hint, not to be believed. */
    public boolean saysReadOnly() {
        return annotations().isTrue("readOnlyHint");
    }

    /** Whether the server warns of it. */
    public boolean saysDestructive() {
        return annotations().isTrue("destructiveHint");
    }
}
