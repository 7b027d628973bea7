package io.lynkr.cli;

import io.lynkr.app.ToolBench;
import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs one tool and prints what a model would read. */
@Command(
        name = "call",
        description = {
            "Runs a tool in this process, under the policy of the settings, and prints its result.",
            "Exit code 1 if it fails or is denied.",
        },
        footer = {
            "  lynkr tools call shell command='ls -la' timeout_ms=5000",
            "  lynkr tools call shell --args '{\"command\": [\"ls\", \"-la\"], \"cwd\": \"src\"}'",
        })
final class ToolsCallCommand implements Callable<Integer> {
    private static final int SECONDS_TO_STOP = 5;

    private final Surroundings surroundings;
    private final ToolBench.Opener opener;

    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "The tool's name; 'lynkr tools list' knows them.")
    String name = "";

    @Parameters(
            index = "1..*",
            paramLabel = "KEY=VALUE",
            description = "An argument that is a text, a number, true or false.")
    List<String> pairs = List.of();

    @Option(
            names = "--args",
            paramLabel = "JSON",
            description = "All arguments as a JSON object; KEY=VALUE adds to it.")
    String json = "{}";

    ToolsCallCommand(Surroundings surroundings, ToolBench.Opener opener) {
        this.surroundings = surroundings;
        this.opener = opener;
    }

    @Override
    public Integer call() throws InterruptedException {
        var arguments = arguments();
        try (var bench = opener.open(surroundings.settings())) {
            var over = new CountDownLatch(1);
            var caller = Thread.currentThread();
            surroundings.machine().beforeEnd(() -> stop(caller, over));
            var outcome = run(bench, arguments, over);
            surroundings.console().out().println(outcome.text());
            return outcome.isError() ? ExitCode.FAILURE : ExitCode.OK;
        }
    }

    private ToolBench.Outcome run(ToolBench bench, JsonObject arguments, CountDownLatch over)
            throws InterruptedException {
        try {
            return bench.call(name, arguments, _ -> {});
        } finally {
            over.countDown();
        }
    }

    /** What the tool started must not outlive this process. */
    private static void stop(Thread caller, CountDownLatch over) {
        if (over.getCount() > 0) {
            caller.interrupt();
            try {
                over.await(SECONDS_TO_STOP, TimeUnit.SECONDS);
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private JsonObject arguments() {
        var arguments = parsed();
        for (var pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw mistake("'" + pair + "' is not KEY=VALUE");
            }
            arguments = arguments.with(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return arguments;
    }

    private JsonObject parsed() {
        try {
            return JsonObject.parse(json);
        } catch (JsonException wrong) {
            throw mistake("--args is no JSON object: " + wrong.getMessage());
        }
    }

    private ParameterException mistake(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
