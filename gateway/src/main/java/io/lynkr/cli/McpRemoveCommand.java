package io.lynkr.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** Takes a server out. */
@Command(
        name = "remove",
        description = "Takes an MCP server out that 'lynkr mcp add' named, and forgets its tools.",
        footer = {"  lynkr mcp remove files"})
final class McpRemoveCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(index = "0", paramLabel = "NAME", description = "The server's name.")
    String name = "";

    McpRemoveCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        return McpServers.use(
                surroundings,
                servers -> {
                    var server = McpServers.named(servers, name);
                    if (!servers.remove(name)) {
                        throw new CommandFailedException(
                                "'" + name + "' is named in " + server.source() + "; edit that");
                    }
                    surroundings.console().out().println("'" + name + "' is gone.");
                });
    }
}
