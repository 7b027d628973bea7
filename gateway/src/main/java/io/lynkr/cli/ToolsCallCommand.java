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
            var run = new ToolBenchRun(bench, surroundings.machine());
            var outcome = run.call(name, arguments, _ -> {});
            surroundings.console().out().println(outcome.text());
            return outcome.isError() ? ExitCode.FAILURE : ExitCode.OK;
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
