package io.lynkr.mcp;

import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a client wants to hear of, while it keeps the stream open.
 *
 * @param id of its request, by which it knows the messages
 * @param wanted methods of notifications
 */
public record McpSubscription(JsonValue id, Set<String> wanted) {
    private static final String SUBSCRIPTION_ID = "io.modelcontextprotocol/subscriptionId";

    private static final Map<String, String> FILTERS =
            Map.of(
                    "toolsListChanged", "notifications/tools/list_changed",
                    "promptsListChanged", "notifications/prompts/list_changed",
                    "resourcesListChanged", "notifications/resources/list_changed");

    public McpSubscription {
        wanted = Set.copyOf(wanted);
    }

    static McpSubscription of(JsonValue id, JsonObject params) throws McpError {
        var filter =
                params.object("notifications")
                        .orElseThrow(
                                () ->
                                        new McpError(
                                                McpError.INVALID_PARAMS,
                                                "params.notifications: what is to be heard of?"));
        var wanted = new TreeSet<String>();
        FILTERS.forEach(
                (name, method) -> {
                    if (filter.isTrue(name)) {
                        wanted.add(method);
                    }
                });
        return new McpSubscription(id, wanted);
    }

    /** The first message: what will be heard of. */
    public JsonObject acknowledged() {
        var granted = JsonObject.EMPTY;
        for (var filter : new TreeSet<>(FILTERS.keySet())) {
            if (wanted.contains(FILTERS.get(filter))) {
                granted = granted.with(filter, true);
            }
        }
        return message(
                "notifications/subscriptions/acknowledged",
                JsonObject.of("notifications", granted));
    }

    /** The message about a change. */
    public JsonObject changed(String notification) {
        return message(notification, JsonObject.EMPTY);
    }

    private JsonObject message(String method, JsonObject params) {
        return JsonObject.of("jsonrpc", "2.0")
                .with("method", method)
                .with("params", params.with("_meta", JsonObject.of(SUBSCRIPTION_ID, id)));
    }

    /** The last message: nothing more is heard. */
    public JsonObject over() {
        return JsonObject.of("jsonrpc", "2.0")
                .with("id", id)
                .with(
                        "result",
                        JsonObject.of("resultType", "complete")
                                .with("_meta", JsonObject.of(SUBSCRIPTION_ID, id)));
    }
}
