package io.lynkr.tool;

import io.lynkr.json.JsonObject;

/**
 * One invocation of a tool.
 *
 * @param id the model's or client's name for it
 * @param name of the tool, or an alias of it
 * @param input the arguments, not checked yet
 */
public record ToolCall(String id, String name, JsonObject input) {}
