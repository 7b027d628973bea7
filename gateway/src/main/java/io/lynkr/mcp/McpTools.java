package io.lynkr.mcp;

import io.lynkr.json.JsonObject;

import java.util.List;

/** What is behind the face, in the eyes of one client. */
public interface McpTools {

    /** All tools, always in the same order. */
    List<McpTool> list();

    /**
     * Runs a tool; whatever goes wrong becomes its result.
     *
     * @throws InterruptedException if the client left
     */
    McpResult call(McpCall call) throws InterruptedException;

    /** Everything of one kind that hosted servers list. */
    List<JsonObject> listed(McpHost.Kind kind);

    /**
     * Asks the hosted server whose prompt or resource is meant.
     *
     * @param method {@code resources/read}, {@code prompts/get} or {@code completion/complete}
     * @throws McpCallException if there is no such thing, or it cannot be had
     * @throws InterruptedException if the client left
     */
    JsonObject ask(String method, McpCall call) throws McpCallException, InterruptedException;

    /**
     * Hears of changed lists.
     *
     * @return takes the listener away
     */
    Runnable onChange(McpHost.Listener listener);
}
