package io.lynkr.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** Shows what a server complained about. */
@Command(
        name = "logs",
        description = {
            "Prints the last lines that an MCP server wrote to its standard error, and what became"
                    + " of it.",
            "Values of its variables and headers are masked.",
        },
        footer = {"  lynkr mcp logs files --lines 20"})
final class McpLogsCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(index = "0", paramLabel = "NAME", description = "The server's name.")
    String name = "";

    @Option(
            names = "--lines",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many at most; 100 by default.")
    int lines;

    McpLogsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        return McpServers.use(
                surroundings,
                servers -> {
                    McpServers.named(servers, name);
                    surroundings.console().out().println(servers.log(name, Math.max(0, lines)));
                });
    }
}
