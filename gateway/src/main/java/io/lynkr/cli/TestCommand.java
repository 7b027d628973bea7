package io.lynkr.cli;

import io.lynkr.app.ToolBench;
import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.PrintWriter;
import java.util.List;

/** Runs the workspace's tests, or tells how they have been going. */
@Command(
        name = "test",
        description = {
            "Runs the workspace's tests as configured, and tells which failed and what they cover.",
            "Exit code 1 if they fail.",
        },
        footer = {
            "  lynkr test",
            "  lynkr test --profile unit --json",
            "  lynkr test --summary",
        })
final class TestCommand extends ToolCommand {
    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "One of WORKSPACE_TEST_PROFILES.")
    String profile = "";

    @Option(
            names = "--summary",
            description = "Runs nothing, but tells how past runs went, and what is flaky.")
    boolean summary;

    @Option(names = "--json", description = "Prints it as JSON.")
    boolean json;

    @Parameters(paramLabel = "ARG", description = "Arguments instead of the configured ones.")
    List<String> args = List.of();

    TestCommand(Surroundings surroundings, ToolBench.Opener opener) {
        super(surroundings, opener);
    }

    @Override
    String tool() {
        return summary ? "workspace_test_summary" : "workspace_test_run";
    }

    @Override
    JsonObject arguments() {
        if (summary) {
            return JsonObject.EMPTY.with("include_recent", true);
        }
        var arguments = profile.isEmpty() ? JsonObject.EMPTY : JsonObject.of("profile", profile);
        return args.isEmpty() ? arguments : arguments.with("args", JsonArray.ofStrings(args));
    }

    @Override
    boolean asJson() {
        return json;
    }

    @Override
    void show(JsonObject result, PrintWriter out) {
        if (summary) {
            showSummary(result, out);
        } else {
            showRun(result, out);
        }
    }

    private static void showRun(JsonObject result, PrintWriter out) {
        var run = result.object("run").orElse(JsonObject.EMPTY);
        var results = result.object("results").orElse(JsonObject.EMPTY);
        if (!results.has("source")) {
            out.print(run.string("stdout").orElse(""));
            out.print(run.string("stderr").orElse(""));
        }
        showFailures(results, out);
        out.println(line(run, results));
        var coverage = result.object("coverage").orElse(JsonObject.EMPTY);
        coverage.object("summary")
                .flatMap(it -> it.object("lines"))
                .ifPresent(lines -> out.println("coverage " + percent(lines) + " of lines"));
        coverage.object("changed_lines")
                .filter(it -> it.integer("total").orElse(0) > 0)
                .ifPresent(
                        lines -> out.println("coverage " + percent(lines) + " of changed lines"));
    }

    private static void showFailures(JsonObject results, PrintWriter out) {
        for (var failure : results.objects("failures")) {
            out.println(
                    "%s  %s%s"
                            .formatted(
                                    failure.string("name").orElse(""),
                                    failure.string("file").orElse(""),
                                    failure.has("line")
                                            ? ":" + failure.integer("line").orElse(0)
                                            : ""));
            failure.string("message")
                    .ifPresent(
                            message ->
                                    message.lines()
                                            .limit(5)
                                            .forEach(line -> out.println("    " + line)));
        }
    }

    private static String line(JsonObject run, JsonObject results) {
        var counts =
                results.has("total")
                        ? ": %d passed, %d failed, %d skipped"
                                .formatted(
                                        results.integer("passed").orElse(0),
                                        results.integer("failed").orElse(0),
                                        results.integer("skipped").orElse(0))
                        : "";
        return "%s%s (%s, %.1f s)"
                .formatted(
                        run.string("status").orElse(""),
                        counts,
                        run.string("command").orElse(""),
                        run.integer("durationMs").orElse(0) / 1000.0);
    }

    private static String percent(JsonObject tally) {
        return tally.get("pct").map(Object::toString).orElse("?") + " %";
    }

    private static void showSummary(JsonObject result, PrintWriter out) {
        out.println(
                "%d runs, %s %% passed"
                        .formatted(
                                result.integer("totalRuns").orElse(0),
                                result.get("passRate").map(Object::toString).orElse("?")));
        for (var run : result.objects("recentRuns")) {
            out.println(
                    run.string("createdAt").orElse("")
                            + "  "
                            + line(run, run.object("results").orElse(JsonObject.EMPTY)));
        }
        for (var test : result.objects("flaky")) {
            out.println(
                    "flaky: "
                            + test.string("name").orElse("")
                            + ", "
                            + test.string("reason").orElse(""));
        }
    }
}
