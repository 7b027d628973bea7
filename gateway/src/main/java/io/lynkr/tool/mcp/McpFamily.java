package io.lynkr.tool.mcp;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.mcp.HostedServer;
import io.lynkr.mcp.HostedTool;
import io.lynkr.mcp.McpHost;
import io.lynkr.policy.Action;
import io.lynkr.tool.Arguments;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.Parameter;
import io.lynkr.tool.Plan;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.ToolSpec;
import io.lynkr.tool.ToolSpec.Effect;

import java.util.List;

/** The tools that deal with MCP servers: list them, ask them anything, end them. */
public final class McpFamily {
    static final String NAME = "mcp";

    private static final List<String> METHODS =
            List.of(
                    "tools/list",
                    "tools/call",
                    "resources/list",
                    "resources/templates/list",
                    "resources/read",
                    "prompts/list",
                    "prompts/get",
                    "completion/complete");

    private McpFamily() {}

    /** The fixed tools. */
    public static List<Tool> all(McpHost host) {
        return List.of(
                new Fixed(
                        new ToolSpec(
                                "workspace_mcp_servers",
                                NAME,
                                "Lists the MCP servers that the gateway hosts, each with its"
                                        + " state and its tools.",
                                List.of(),
                                Effect.READS),
                        (arguments, context) -> servers(host)),
                new CallTool(host),
                new Fixed(
                        new ToolSpec(
                                "workspace_sandbox_sessions",
                                NAME,
                                "Lists the MCP servers that run in a sandbox now, and ends one on"
                                        + " request; it is started again when it is needed.",
                                List.of(
                                        Parameter.flag(
                                                "release",
                                                "true ends the one that session_id names"),
                                        Parameter.text(
                                                        "session_id",
                                                        "Which one to end, as the list says")
                                                .or("sessionId", "id")),
                                Effect.CHANGES),
                        (arguments, context) -> sessions(host, arguments)));
    }

    /** The tools of all servers. */
    public static List<RemoteTool> remote(McpHost host) {
        return host.tools().stream().map(tool -> new RemoteTool(host, tool)).toList();
    }

    private record Fixed(ToolSpec spec, Work work) implements Tool {
        interface Work {
            ToolResult run(Arguments arguments, CallContext context) throws ToolException;
        }

        @Override
        public Plan plan(Arguments arguments, CallContext context) {
            return Plan.to(new Action.UseRecords("mcp"), () -> work.run(arguments, context));
        }
    }

    private static ToolResult servers(McpHost host) {
        var tools = host.tools();
        var all =
                host.servers().stream()
                        .map(
                                server ->
                                        described(server)
                                                .with(
                                                        "tools",
                                                        JsonArray.ofStrings(
                                                                tools.stream()
                                                                        .filter(
                                                                                tool ->
                                                                                        tool.server()
                                                                                                .equals(
                                                                                                        server
                                                                                                                .name()))
                                                                        .map(tool -> tool.name())
                                                                        .toList())))
                        .toList();
        return ToolResult.json(JsonObject.of("servers", JsonArray.copyOf(all)));
    }

    private static JsonObject described(HostedServer server) {
        return JsonObject.of("id", server.name())
                .with("name", server.name())
                .with("description", server.description())
                .with("transport", server.transport())
                .with("state", server.state())
                .with("detail", server.detail())
                .with("sandboxed", server.sandboxed())
                .with("held_back", JsonArray.ofStrings(server.heldBack()));
    }

    private static ToolResult sessions(McpHost host, Arguments arguments) throws ToolException {
        if (arguments.flag("release", false)) {
            var id =
                    arguments
                            .text("session_id")
                            .orElseThrow(
                                    () ->
                                            new ToolException(
                                                    Kind.INVALID_ARGUMENTS,
                                                    "release needs a session_id"));
            return ToolResult.json(
                    JsonObject.of("session_id", id).with("released", host.release(id)));
        }
        var running =
                host.servers().stream()
                        .filter(server -> server.sandboxed() && server.startedAt().isPresent())
                        .map(McpFamily::session)
                        .toList();
        boolean enabled = host.servers().stream().anyMatch(HostedServer::sandboxed);
        return ToolResult.json(
                JsonObject.EMPTY
                        .with("sandboxEnabled", enabled)
                        .with("sessions", JsonArray.copyOf(running)));
    }

    private static JsonObject session(HostedServer server) {
        return JsonObject.of("id", server.name())
                .withOptional(
                        "createdAt", server.startedAt().map(at -> JsonString.of(at.toString())))
                .withOptional("lastUsedAt", server.usedAt().map(at -> JsonString.of(at.toString())))
                .with("runCount", server.calls());
    }

    /** Asks a server anything that the protocol knows. */
    private record CallTool(McpHost host) implements Tool {
        @Override
        public ToolSpec spec() {
            return new ToolSpec(
                    "workspace_mcp_call",
                    NAME,
                    "Calls a tool of an MCP server by the server's and the tool's own names, or"
                            + " sends it another request of the protocol.",
                    List.of(
                            Parameter.text(
                                            "server",
                                            "Which server; workspace_mcp_servers lists them")
                                    .or("id", "server_id")
                                    .needed(),
                            Parameter.text("tool", "Which of its tools, by its own name")
                                    .or("name"),
                            Parameter.object("arguments", "The tool's arguments")
                                    .or("args", "input"),
                            Parameter.choice(
                                    "method",
                                    METHODS,
                                    "Another request than tools/call, which is the default"),
                            Parameter.object("params", "Its parameters")),
                    Effect.CHANGES);
        }

        @Override
        public Plan plan(Arguments arguments, CallContext context) throws ToolException {
            var server = arguments.needed("server");
            var params = arguments.object("params").orElse(JsonObject.EMPTY);
            var method = arguments.text("method").orElse("tools/call");
            if (method.equals("tools/list")) {
                return Plan.to(new Action.UseRecords("mcp"), () -> ToolResult.json(list(server)));
            }
            if (!method.equals("tools/call")) {
                return Plan.to(
                        new Action.CallMcpTool(server, method, true),
                        () -> ToolResult.json(Asked.ask(host, server, method, params, context)));
            }
            var tool =
                    arguments
                            .text("tool")
                            .or(() -> params.string("name"))
                            .orElseThrow(
                                    () ->
                                            new ToolException(
                                                    Kind.INVALID_ARGUMENTS,
                                                    "'tool' is missing: which tool of the"
                                                            + " server?"));
            var given =
                    arguments
                            .object("arguments")
                            .or(() -> params.object("arguments"))
                            .orElse(JsonObject.EMPTY);
            var call = JsonObject.of("name", tool).with("arguments", given);
            return Plan.to(
                    new Action.CallMcpTool(server, tool, saysReadOnly(server, tool)),
                    () ->
                            Asked.result(
                                    server, Asked.ask(host, server, "tools/call", call, context)));
        }

        /** As it was accepted, not as the server would say it now. */
        private JsonObject list(String server) {
            var tools =
                    host.tools().stream()
                            .filter(tool -> tool.server().equals(server))
                            .map(HostedTool::definition)
                            .toList();
            return JsonObject.of("tools", JsonArray.copyOf(tools));
        }

        private boolean saysReadOnly(String server, String tool) {
            return host.tools().stream()
                    .anyMatch(
                            each ->
                                    each.server().equals(server)
                                            && each.tool().equals(tool)
                                            && each.saysReadOnly());
        }
    }
}
