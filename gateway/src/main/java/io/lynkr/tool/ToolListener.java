package io.lynkr.tool;

import java.time.Duration;

/** Hears of every call of a tool; must not block. */
@FunctionalInterface
public interface ToolListener {
    ToolListener NONE = (call, result, took) -> {};

    /**
     * A call is over, in whatever way.
     *
     * @param call with the tool's canonical name
     */
    void called(ToolCall call, ToolResult result, Duration took);
}
