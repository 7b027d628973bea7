package io.lynkr.cli;

import io.lynkr.app.ToolBench;
import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/** A command that runs one tool and shows its result to people, or as JSON. */
abstract class ToolCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final ToolBench.Opener opener;

    ToolCommand(Surroundings surroundings, ToolBench.Opener opener) {
        this.surroundings = surroundings;
        this.opener = opener;
    }

    /** Which tool. */
    abstract String tool();

    abstract JsonObject arguments();

    abstract boolean asJson();

    /** Shows a result that is no failure or denial. */
    abstract void show(JsonObject result, PrintWriter out);

    @Override
    public Integer call() throws InterruptedException {
        var console = surroundings.console();
        try (var bench = opener.open(surroundings.settings())) {
            var run = new ToolBenchRun(bench, surroundings.machine());
            var outcome =
                    run.call(
                            tool(),
                            arguments(),
                            asJson() ? _ -> {} : line -> console.err().println(line));
            if (asJson()) {
                console.out().println(outcome.text());
            } else {
                tell(outcome, console);
            }
            return outcome.isError() ? ExitCode.FAILURE : ExitCode.OK;
        }
    }

    private void tell(ToolBench.Outcome outcome, Console console) {
        try {
            var json = JsonObject.parse(outcome.text());
            if (json.has("error")) {
                console.err().println("lynkr: " + reason(json));
            } else {
                show(json, console.out());
            }
        } catch (JsonException cut) {
            console.out().println(outcome.text());
        }
    }

    private static String reason(JsonObject json) {
        return json.object("details")
                .flatMap(it -> it.string("message"))
                .or(() -> json.string("message"))
                .orElseGet(json::toString);
    }
}
