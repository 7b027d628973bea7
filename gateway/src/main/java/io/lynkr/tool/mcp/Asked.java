package io.lynkr.tool.mcp;

import io.lynkr.json.JsonObject;
import io.lynkr.mcp.McpCallException;
import io.lynkr.mcp.McpHost;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.tool.ToolResult;

import java.util.function.Consumer;

/** One request to a server, and its result in the words of the Messages API. */
final class Asked {
    private Asked() {}

    static JsonObject ask(
            McpHost host, String server, String method, JsonObject params, CallContext context)
            throws ToolException, InterruptedException {
        var client = McpAsk.CURRENT.isBound() ? McpAsk.CURRENT.get() : null;
        var notices = client == null ? progress(context) : client.notices();
        var capabilities = client == null ? JsonObject.EMPTY : client.capabilities();
        var asking = new McpHost.Asking(capabilities, context.deadline().remaining(), notices);
        try {
            var result = host.ask(server, method, params, asking);
            if (client != null) {
                client.answered(result);
            }
            return result;
        } catch (McpCallException failed) {
            if (client != null) {
                client.failed(failed);
            }
            throw new ToolException(kind(failed), failed.getMessage());
        }
    }

    private static Kind kind(McpCallException failed) {
        return failed.error().isPresent() ? Kind.FAILED : Kind.UNAVAILABLE;
    }

    private static Consumer<JsonObject> progress(CallContext context) {
        return notice ->
                notice.object("params")
                        .flatMap(params -> params.string("message"))
                        .ifPresent(context.progress());
    }

    static boolean wantsInput(JsonObject result) {
        return result.string("resultType").orElse("").equals("input_required");
    }

    /** What a call came to. */
    static ToolResult result(String server, JsonObject result) throws ToolException {
        if (wantsInput(result)) {
            throw new ToolException(
                    Kind.UNAVAILABLE,
                    "the MCP server '"
                            + server
                            + "' wants to be told more by its user, and nobody here can answer");
        }
        var content = Blocks.of(result);
        return result.isTrue("isError")
                ? new ToolResult.Unsuccessful(content)
                : new ToolResult.Done(content);
    }
}
