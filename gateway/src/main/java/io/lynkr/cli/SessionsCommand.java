package io.lynkr.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** The transcripts of sessions on the command line; the work is done by the commands below it. */
@Command(
        name = "sessions",
        description = "Shows what was said in sessions, also while the gateway runs.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "  lynkr sessions list",
            "  lynkr sessions show 4f0c2d3e-0000-4000-8000-000000000000",
            "  lynkr sessions export > all.jsonl",
        })
final class SessionsCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec CommandSpec spec = CommandSpec.create();

    SessionsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(surroundings.console().err());
        return ExitCode.USAGE;
    }
}
