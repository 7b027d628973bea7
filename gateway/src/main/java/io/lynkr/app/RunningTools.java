package io.lynkr.app;

import io.lynkr.agent.GatewayTools;
import io.lynkr.mcp.McpHost;
import io.lynkr.mcp.host.ServerHost;

import java.util.List;
import java.util.Optional;

/**
 * The tools of a running gateway, and what they hold open.
 *
 * @param servers MCP servers, if they are hosted; closed first
 * @param open closed in this order
 */
record RunningTools(GatewayTools tools, Optional<ServerHost> servers, List<Runnable> open)
        implements AutoCloseable {
    RunningTools {
        open = List.copyOf(open);
    }

    McpHost host() {
        return McpHosting.host(servers);
    }

    /** Those who only listen would keep the gateway from ending. */
    void endListening() {
        servers.ifPresent(ServerHost::endListening);
    }

    @Override
    public void close() {
        servers.ifPresent(ServerHost::close);
        open.forEach(Runnable::run);
    }
}
