package io.lynkr.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** Tries a server. */
@Command(
        name = "test",
        description = {
            "Starts an MCP server in this process, lists its tools, and ends it.",
            "Exit code 1 if that does not work.",
        },
        footer = {"  lynkr mcp test files"})
final class McpTestCommand implements Callable<Integer> {
    private static final int LINES = 10;

    private final Surroundings surroundings;

    @Parameters(index = "0", paramLabel = "NAME", description = "The server's name.")
    String name = "";

    McpTestCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        var console = surroundings.console();
        return McpServers.use(
                surroundings,
                servers -> {
                    McpServers.named(servers, name);
                    try {
                        var server = servers.test(name);
                        console.out()
                                .printf(
                                        "%s works: %s, %d tools%n",
                                        name, server.detail(), server.tools());
                        servers.tools(name).forEach(tool -> console.out().println("  " + tool));
                    } finally {
                        var log = servers.log(name, LINES);
                        if (!log.isEmpty()) {
                            console.err().println(log);
                        }
                    }
                });
    }
}
