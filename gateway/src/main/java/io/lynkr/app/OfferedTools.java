package io.lynkr.app;

import io.lynkr.json.JsonObject;
import io.lynkr.mcp.McpResult;
import io.lynkr.mcp.McpTool;
import io.lynkr.mcp.McpTools;
import io.lynkr.resilience.Deadline;
import io.lynkr.session.Session;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolCall;
import io.lynkr.tool.ToolRunner;
import io.lynkr.tool.ToolSpec.Effect;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Our tools as MCP clients get them. */
record OfferedTools(ToolRunner runner, Session session, Duration mostTime) implements McpTools {

    @Override
    public List<McpTool> list() {
        return runner.catalog().tools().stream().map(OfferedTools::describe).toList();
    }

    private static McpTool describe(Tool tool) {
        var spec = tool.spec();
        var hints =
                JsonObject.EMPTY
                        .with("readOnlyHint", spec.effect() == Effect.READS)
                        .with("destructiveHint", spec.effect() == Effect.DESTROYS);
        return new McpTool(spec.name(), spec.description(), spec.inputSchema(), hints, false);
    }

    @Override
    public McpResult call(String name, JsonObject arguments, Consumer<String> progress)
            throws InterruptedException {
        var context = new CallContext(session, Deadline.after(mostTime), progress);
        var result = runner.run(new ToolCall("mcp", name, arguments), context);
        var content = result.content().stream().map(OfferedTools::inMcpWords).toList();
        return new McpResult(content, result.isError());
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
}
