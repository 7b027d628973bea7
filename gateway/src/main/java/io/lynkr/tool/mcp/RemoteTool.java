package io.lynkr.tool.mcp;

import io.lynkr.json.JsonObject;
import io.lynkr.mcp.HostedTool;
import io.lynkr.mcp.McpHost;
import io.lynkr.policy.Action;
import io.lynkr.tool.Arguments;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.Plan;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.ToolSpec;
import io.lynkr.tool.ToolSpec.Effect;

/** A tool of an MCP server. */
public record RemoteTool(McpHost host, HostedTool tool) implements Tool {

    /** That it only reads, is never believed: it runs alone. */
    @Override
    public ToolSpec spec() {
        return ToolSpec.foreign(
                tool.name(),
                McpFamily.NAME,
                tool.description(),
                tool.inputSchema(),
                tool.saysDestructive() ? Effect.DESTROYS : Effect.CHANGES);
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) {
        return Plan.to(
                new Action.CallMcpTool(tool.server(), tool.tool(), tool.saysReadOnly()),
                () -> run(arguments.all(), context));
    }

    private ToolResult run(JsonObject arguments, CallContext context)
            throws ToolException, InterruptedException {
        var client = McpAsk.CURRENT.isBound() ? McpAsk.CURRENT.get() : null;
        var base = client == null ? JsonObject.EMPTY : client.params();
        var params = base.with("name", tool.tool()).with("arguments", arguments);
        var result = Asked.ask(host, tool.server(), "tools/call", params, context);
        return Asked.result(tool.server(), result);
    }
}
