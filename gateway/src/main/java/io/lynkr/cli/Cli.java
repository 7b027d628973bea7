package io.lynkr.cli;

import io.lynkr.app.BackendConnector;
import io.lynkr.app.GatewayStarter;
import io.lynkr.app.ToolBench;
import io.lynkr.config.ConfigException;

import java.util.OptionalInt;
import java.util.concurrent.Callable;

/** The command line: runs what the arguments say, and answers mistakes in using it. */
public final class Cli {
    private final Surroundings surroundings;
    private final GatewayStarter starter;
    private final BackendConnector backends;
    private final ToolBench.Opener tools;

    public Cli(
            Surroundings surroundings,
            GatewayStarter starter,
            BackendConnector backends,
            ToolBench.Opener tools) {
        this.surroundings = surroundings;
        this.starter = starter;
        this.backends = backends;
        this.tools = tools;
    }

    /** Runs what the arguments say and returns the {@link ExitCode}. */
    public int run(String... args) {
        return withoutParser(args)
                .orElseGet(
                        () ->
                                new Commands(surroundings, starter, backends, tools)
                                        .run(args, this::failed));
    }

    /**
     * Runs a gateway when there are no options to parse. The JVM's cache of loaded classes cannot
     * hold the parser's, which are in an old format; loading them takes as long as half a start. So
     * nothing here may name them.
     */
    private OptionalInt withoutParser(String[] args) {
        var command = args.length == 1 ? args[0] : "";
        return switch (command) {
            case "start" -> OptionalInt.of(call(new StartCommand(surroundings, starter)));
            case "demo" -> OptionalInt.of(call(new DemoCommand(surroundings, starter)));
            case "aot-train" -> OptionalInt.of(call(new AotTrainCommand(surroundings, starter)));
            default -> OptionalInt.empty();
        };
    }

    private int call(Callable<Integer> command) {
        try {
            return command.call();
        } catch (Exception failure) {
            return failed(failure);
        }
    }

    private int failed(Exception failure) {
        var err = surroundings.console().err();
        switch (failure) {
            case ConfigException refused -> ProblemReport.print(err, refused.problems());
            case CommandFailedException known -> err.println("lynkr: " + known.getMessage());
            case InterruptedException _ -> {}
            default -> failure.printStackTrace(err);
        }
        return failure instanceof ConfigException ? ExitCode.USAGE : ExitCode.FAILURE;
    }
}
