package io.lynkr.mcp;

import io.lynkr.json.JsonObject;

import java.util.List;

/** Where MCP servers are off. */
final class NoServers implements McpHost {
    @Override
    public List<HostedServer> servers() {
        return List.of();
    }

    @Override
    public List<HostedTool> tools() {
        return List.of();
    }

    @Override
    public JsonObject ask(String server, String method, JsonObject params, Asking asking)
            throws McpCallException {
        throw new McpCallException("there is no MCP server '" + server + "' here");
    }

    @Override
    public List<Listed> listed(Kind kind) {
        return List.of();
    }

    @Override
    public boolean release(String server) {
        return false;
    }

    @Override
    public Runnable onChange(Listener listener) {
        return () -> {};
    }
}
