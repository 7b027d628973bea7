package io.lynkr.mcp;

import io.lynkr.json.JsonObject;

import java.util.List;
import java.util.function.Consumer;

/** The tools behind the face, in the eyes of one client. */
public interface McpTools {

    /** All tools, always in the same order. */
    List<McpTool> list();

    /**
     * Runs a tool; whatever goes wrong becomes its result.
     *
     * @param progress takes a line about what goes on, from any thread
     * @throws InterruptedException if the client left
     */
    McpResult call(String name, JsonObject arguments, Consumer<String> progress)
            throws InterruptedException;
}
