package io.lynkr.tool;

import io.lynkr.policy.Decision;

import java.time.Duration;

/** Hears of every call of a tool that exists; must not block. */
@FunctionalInterface
public interface ToolListener {
    ToolListener NONE = (call, result, took) -> {};

    /**
     * Policy was asked about a call.
     *
     * @param call with the tool's canonical name
     */
    default void decided(ToolCall call, Decision decision) {}

    /**
     * A call is over, in whatever way.
     *
     * @param call with the tool's canonical name
     */
    void called(ToolCall call, ToolResult result, Duration took);
}
