package io.lynkr.agent;

import io.lynkr.tool.ToolRunner;

/**
 * The tools that may run in the gateway, and how they do.
 *
 * @param toolbox decides which of them a request offers
 * @param runner runs them
 * @param limits of a turn
 * @param visible whether the client sees the calls and their results; if not, the model does not
 *     remember them in later turns
 * @param fallback what happens if a model says that it cannot read the web
 */
public record GatewayTools(
        Toolbox toolbox,
        ToolRunner runner,
        TurnLimits limits,
        boolean visible,
        WebFallback fallback) {}
