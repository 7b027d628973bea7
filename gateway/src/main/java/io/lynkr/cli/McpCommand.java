package io.lynkr.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** MCP servers on the command line; the work is done by the commands below it. */
@Command(
        name = "mcp",
        description = "Shows and changes the MCP servers that the gateway hosts.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "  lynkr mcp add files -- npx -y @modelcontextprotocol/server-filesystem /srv/docs",
            "  lynkr mcp test files",
            "  lynkr mcp list",
        })
final class McpCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec CommandSpec spec = CommandSpec.create();

    McpCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    static CommandLine withSubcommands(Surroundings surroundings) {
        return new CommandLine(new McpCommand(surroundings))
                .addSubcommand(new McpListCommand(surroundings))
                .addSubcommand(new McpAddCommand(surroundings))
                .addSubcommand(new McpRemoveCommand(surroundings))
                .addSubcommand(new McpTestCommand(surroundings))
                .addSubcommand(new McpLogsCommand(surroundings))
                .addSubcommand(new McpTrustCommand(surroundings));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(surroundings.console().err());
        return ExitCode.USAGE;
    }
}
