package io.lynkr.cli;

import io.lynkr.app.HostedServers;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/** Says yes to a server of a project, or to tools that changed. */
@Command(
        name = "trust",
        description = {
            "Trusts an MCP server that came with the project, as its entry is now, and accepts the"
                    + " tools whose definitions changed.",
            "Without a name it only lists what waits for that.",
        },
        footer = {
            "  lynkr mcp trust",
            "  lynkr mcp trust files",
        })
final class McpTrustCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "The server's name.")
    String name = "";

    McpTrustCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        var out = surroundings.console().out();
        return McpServers.use(
                surroundings,
                servers -> {
                    if (name.isEmpty()) {
                        listWaiting(servers, out);
                    } else {
                        trust(servers, out);
                    }
                });
    }

    private static void listWaiting(HostedServers servers, PrintWriter out) {
        boolean any = false;
        for (var server : servers.all()) {
            if (server.state().equals("untrusted")) {
                any = true;
                out.printf(
                        "%s, named in %s, would run:%n    %s%n",
                        server.name(), server.source(), server.target());
            }
            if (!server.heldBack().isEmpty()) {
                any = true;
                out.printf(
                        "%s changed its tools: %s%n",
                        server.name(), String.join(", ", server.heldBack()));
            }
        }
        if (!any) {
            out.println("Nothing waits to be trusted.");
        }
    }

    private void trust(HostedServers servers, PrintWriter out)
            throws CommandFailedException, HostedServers.FailedException {
        var server = McpServers.named(servers, name);
        for (var change : servers.trust(name)) {
            out.printf(
                    "%s was%n    %s%nand is%n    %s%n",
                    change.tool(), change.before(), change.after());
        }
        out.printf("'%s' is trusted: %s%n", name, server.target());
    }
}
