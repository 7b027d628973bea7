package io.lynkr.tool.mcp;

import io.lynkr.json.JsonObject;
import io.lynkr.mcp.McpCallException;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/**
 * A call as an MCP client made it, for a tool that speaks MCP as well: what only such clients say
 * is passed on, and what only they understand comes back. Bound to {@link #CURRENT} while the call
 * runs.
 */
public final class McpAsk {
    /** The client's call, where there is one. */
    public static final ScopedValue<McpAsk> CURRENT = ScopedValue.newInstance();

    private final JsonObject params;
    private final JsonObject capabilities;
    private final Consumer<JsonObject> notices;
    private final boolean answersQuestions;
    private @Nullable JsonObject result;
    private @Nullable McpCallException failure;

    /**
     * @param params of the client's request, without what belongs to its own connection
     * @param capabilities of the client
     * @param answersQuestions whether it understands a result that asks for more input
     * @param notices takes notifications for it
     */
    public McpAsk(
            JsonObject params,
            JsonObject capabilities,
            boolean answersQuestions,
            Consumer<JsonObject> notices) {
        this.answersQuestions = answersQuestions;
        this.params = params;
        this.capabilities = capabilities;
        this.notices = notices;
    }

    JsonObject params() {
        return params;
    }

    JsonObject capabilities() {
        return capabilities;
    }

    Consumer<JsonObject> notices() {
        return notices;
    }

    void answered(JsonObject whole) {
        if (answersQuestions || !Asked.wantsInput(whole)) {
            result = whole;
        }
    }

    void failed(McpCallException why) {
        failure = why;
    }

    /** Why there is no result, in the server's own words; null if it said nothing. */
    public @Nullable McpCallException failure() {
        return failure;
    }

    /** The result as the server gave it; null if no server was asked, or none answered. */
    public @Nullable JsonObject result() {
        return result;
    }
}
