package io.lynkr.app;

import io.lynkr.json.JsonObject;
import io.lynkr.mcp.HostedContent;
import io.lynkr.mcp.HostedTool;
import io.lynkr.mcp.McpCall;
import io.lynkr.mcp.McpCallException;
import io.lynkr.mcp.McpHost;
import io.lynkr.mcp.McpResult;
import io.lynkr.mcp.McpTool;
import io.lynkr.mcp.McpTools;
import io.lynkr.resilience.Deadline;
import io.lynkr.session.Session;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolCall;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.ToolRunner;
import io.lynkr.tool.ToolSpec.Effect;
import io.lynkr.tool.mcp.McpAsk;
import io.lynkr.tool.mcp.RemoteTool;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Our tools, and those of the servers that we host, as MCP clients get them. */
record OfferedTools(ToolRunner runner, McpHost host, Session session, Duration mostTime)
        implements McpTools {
    private static final int NOT_FOUND = -32602;

    @Override
    public List<McpTool> list() {
        return runner.catalog().tools().stream().map(OfferedTools::describe).toList();
    }

    private static McpTool describe(Tool tool) {
        if (tool instanceof RemoteTool(_, HostedTool hosted)) {
            return new McpTool(hosted.definition().with("name", hosted.name()));
        }
        var spec = tool.spec();
        var hints =
                JsonObject.EMPTY
                        .with("readOnlyHint", spec.effect() == Effect.READS)
                        .with("destructiveHint", spec.effect() == Effect.DESTROYS);
        return McpTool.of(spec.name(), spec.description(), spec.inputSchema(), hints);
    }

    @Override
    public McpResult call(McpCall call) throws InterruptedException {
        var asked = asked(call);
        var result = run(call.name(), call.arguments(), call, asked);
        var whole = asked.result();
        if (whole != null
                && runner.catalog().named(call.name()).orElse(null) instanceof RemoteTool) {
            return new McpResult(whole);
        }
        var content = result.content().stream().map(OfferedTools::inMcpWords).toList();
        return McpResult.of(content, result.isError());
    }

    private static McpAsk asked(McpCall call) {
        return new McpAsk(call.params(), call.capabilities(), call.stateless(), call.notices());
    }

    private ToolResult run(String name, JsonObject arguments, McpCall call, McpAsk asked)
            throws InterruptedException {
        var context = new CallContext(session, Deadline.after(mostTime), call.lines());
        return ScopedValue.where(McpAsk.CURRENT, asked)
                .call(() -> runner.run(new ToolCall("mcp", name, arguments), context));
    }

    private static JsonObject inMcpWords(JsonObject block) {
        return block.object("source")
                .map(
                        source ->
                                JsonObject.of("type", "image")
                                        .with("data", source.string("data").orElse(""))
                                        .with("mimeType", source.string("media_type").orElse("")))
                .orElse(block);
    }

    @Override
    public List<JsonObject> listed(McpHost.Kind kind) {
        return new HostedContent(host).listed(kind);
    }

    /** Through the tool that asks servers anything, so that policy is asked and it is counted. */
    @Override
    public JsonObject ask(String method, McpCall call)
            throws McpCallException, InterruptedException {
        var route =
                new HostedContent(host)
                        .route(method, call.params())
                        .orElseThrow(
                                () ->
                                        new McpCallException(
                                                JsonObject.EMPTY
                                                        .with("code", NOT_FOUND)
                                                        .with(
                                                                "message",
                                                                "there is no such thing")));
        var arguments =
                JsonObject.of("server", route.server())
                        .with("method", method)
                        .with("params", route.params());
        var asked = asked(call);
        var result = run("workspace_mcp_call", arguments, call, asked);
        var whole = asked.result();
        if (whole != null) {
            return whole;
        }
        var failure = asked.failure();
        throw failure != null ? failure : new McpCallException(text(result));
    }

    private static String text(ToolResult result) {
        return result.content().stream()
                .flatMap(block -> block.string("text").stream())
                .collect(Collectors.joining("\n"));
    }

    @Override
    public Runnable onChange(McpHost.Listener listener) {
        return host.onChange(listener);
    }
}
