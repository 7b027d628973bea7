package io.lynkr.cli;

import io.lynkr.app.HostedServers;
import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/** Lists the servers. */
@Command(
        name = "list",
        description = {
            "Lists the MCP servers that the files name, and what is wrong with the files.",
            "Starts none of them; how many tools each has is known from the last time it ran.",
        },
        footer = {
            "  lynkr mcp list",
            "  lynkr mcp list --json | jq -r '.servers[].name'",
        })
final class McpListCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(names = "--json", description = "Prints them as JSON.")
    boolean json;

    McpListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        var out = surroundings.console().out();
        return McpServers.use(
                surroundings,
                servers -> {
                    if (json) {
                        out.println(toJson(servers));
                    } else {
                        print(servers, out);
                    }
                });
    }

    private void print(HostedServers servers, PrintWriter out) {
        var all = servers.all();
        if (all.isEmpty()) {
            out.println("No file names an MCP server; 'lynkr mcp add' does.");
        }
        for (var server : all) {
            out.printf(
                    "%s  %s%s, %d tools%n    %s: %s%n    named in %s%n",
                    server.name(),
                    server.state(),
                    server.sandboxed() ? " (sandboxed)" : "",
                    server.tools(),
                    server.transport(),
                    server.target(),
                    server.source());
            if (!server.heldBack().isEmpty()) {
                out.println("    changed and held back: " + String.join(", ", server.heldBack()));
            }
        }
        var err = surroundings.console().err();
        servers.problems().forEach(problem -> err.println("lynkr: " + problem));
    }

    private static JsonObject toJson(HostedServers servers) {
        var all = servers.all().stream().map(McpListCommand::toJson).toList();
        return JsonObject.of("servers", JsonArray.copyOf(all))
                .with("problems", JsonArray.ofStrings(servers.problems()));
    }

    private static JsonObject toJson(HostedServers.Info server) {
        return JsonObject.of("name", server.name())
                .with("transport", server.transport())
                .with("target", server.target())
                .with("source", server.source())
                .with("state", server.state())
                .with("sandboxed", server.sandboxed())
                .with("tools", server.tools())
                .with("heldBack", JsonArray.ofStrings(server.heldBack()));
    }
}
