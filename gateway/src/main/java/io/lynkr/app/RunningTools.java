package io.lynkr.app;

import io.lynkr.agent.GatewayTools;

import java.util.List;

/**
 * The tools of a running gateway, and what they hold open.
 *
 * @param open closed in this order
 */
record RunningTools(GatewayTools tools, List<Runnable> open) implements AutoCloseable {
    RunningTools {
        open = List.copyOf(open);
    }

    @Override
    public void close() {
        open.forEach(Runnable::run);
    }
}
