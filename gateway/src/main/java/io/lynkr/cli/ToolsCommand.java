package io.lynkr.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** The gateway's own tools on the command line; the work is done by the commands below it. */
@Command(
        name = "tools",
        description =
                "Shows and runs the tools that the gateway offers to models, under the same"
                        + " policy.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "  lynkr tools list",
            "  lynkr tools call shell command='git status --short'",
        })
final class ToolsCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec CommandSpec spec = CommandSpec.create();

    ToolsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(surroundings.console().err());
        return ExitCode.USAGE;
    }
}
