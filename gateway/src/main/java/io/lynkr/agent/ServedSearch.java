package io.lynkr.agent;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.tool.ToolCall;

import java.util.Optional;

/**
 * The API's own web search ({@code web_search_20250305} and later) as a request declares it, where
 * the gateway runs it for a backend that has none.
 *
 * @param name under which the model calls it
 * @param maxUses how often it may be called in one answer
 * @param allowedDomains the only ones to find pages of; absent for all
 * @param blockedDomains to find no pages of
 */
record ServedSearch(
        String name,
        long maxUses,
        Optional<JsonArray> allowedDomains,
        Optional<JsonArray> blockedDomains) {
    /** The tool of ours that searches. */
    static final String TOOL = "web_search";

    private static final String TYPE = "web_search_2";

    static boolean isDeclaredBy(JsonObject tool) {
        return tool.type().startsWith(TYPE);
    }

    static ServedSearch of(JsonObject declared) {
        return new ServedSearch(
                declared.string("name").orElse(TOOL),
                declared.integer("max_uses").orElse(Long.MAX_VALUE),
                declared.array("allowed_domains"),
                declared.array("blocked_domains"));
    }

    /** The call of our tool that the model's call of this one means. */
    ToolCall asOurs(JsonObject toolUse) {
        var input =
                toolUse.object("input")
                        .orElse(JsonObject.EMPTY)
                        .without("allowed_domains")
                        .without("blocked_domains")
                        .withOptional("allowed_domains", allowedDomains)
                        .withOptional("blocked_domains", blockedDomains);
        return new ToolCall(toolUse.string("id").orElse(""), TOOL, input);
    }
}
