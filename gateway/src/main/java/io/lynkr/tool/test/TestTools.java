package io.lynkr.tool.test;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;
import io.lynkr.policy.Action;
import io.lynkr.tool.Arguments;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.Parameter;
import io.lynkr.tool.Plan;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.ToolSpec;
import io.lynkr.workspace.Workspace;

import java.io.IOException;
import java.time.Clock;
import java.util.List;

/** The tools for tests. */
public final class TestTools {
    static final String FAMILY = "test";

    /** So many runs tell what is flaky and where things go. */
    static final int LOOKED_AT = 100;

    private static final int FEW = 5;
    private static final int MOST = 50;
    private static final int SHORT_LOG = 2_000;
    private static final int LONG_LOG = 64_000;

    private TestTools() {}

    /** What is asked, once the policy lets it. */
    @FunctionalInterface
    private interface Look {
        ToolResult at(Arguments arguments) throws IOException;
    }

    /** A tool that looks at what is remembered of runs. */
    private record LookingTool(ToolSpec spec, Look look) implements Tool {
        @Override
        public Plan plan(Arguments arguments, CallContext context) {
            return Plan.to(
                    new Action.UseRecords("test runs"),
                    () -> {
                        try {
                            return look.at(arguments);
                        } catch (IOException e) {
                            throw new ToolException(Kind.FAILED, String.valueOf(e.getMessage()));
                        }
                    });
        }
    }

    /**
     * Builds them.
     *
     * @param content knows what was tested, and lets it be committed
     * @param changes of which it is told whether tests cover them
     */
    public static List<Tool> all(
            Workspace workspace,
            TestSettings settings,
            TestProgram program,
            TestRunStore store,
            TestedContent content,
            ChangedLines changes,
            Clock clock) {
        return List.of(
                new TestRunTool(workspace, settings, program, store, content, changes, clock),
                new LookingTool(
                        new ToolSpec(
                                "workspace_test_history",
                                FAMILY,
                                "Lists the latest test runs, the newest first.",
                                List.of(
                                        Parameter.number(
                                                "limit",
                                                1,
                                                MOST,
                                                "How many at most; 5 by default."),
                                        Parameter.flag(
                                                "include_logs",
                                                "Whether to give all that is kept of their output"
                                                    + " instead of its end; false by default.")),
                                ToolSpec.Effect.READS),
                        arguments -> history(store, arguments)),
                new LookingTool(
                        new ToolSpec(
                                "workspace_test_summary",
                                FAMILY,
                                "Tells how the tests have been going: how many runs passed, the"
                                        + " last run, trends, coverage, and which tests are flaky.",
                                List.of(
                                        Parameter.flag(
                                                "include_recent",
                                                "Whether to list recent runs; false by default."),
                                        Parameter.number(
                                                "recent_limit",
                                                1,
                                                MOST,
                                                "How many of them; 5 by default.")),
                                ToolSpec.Effect.READS),
                        arguments -> summary(store, arguments)));
    }

    /** Only runs of the same command can be compared. */
    static List<TestRun> alike(List<TestRun> runs, TestRun run) {
        return runs.stream()
                .filter(
                        it ->
                                it.profile().equals(run.profile())
                                        && it.folder().equals(run.folder()))
                .toList();
    }

    private static ToolResult history(TestRunStore store, Arguments arguments) throws IOException {
        int log = arguments.flag("include_logs", false) ? LONG_LOG : SHORT_LOG;
        var runs =
                store.latest((int) arguments.number("limit", FEW)).stream()
                        .map(run -> told(run, log))
                        .toList();
        return ToolResult.json(
                JsonObject.of("runs", JsonArray.copyOf(runs)).with("count", runs.size()));
    }

    private static JsonObject told(TestRun run, int log) {
        return RunJson.of(run, log)
                .with("results", run.report())
                .withOptional("lineCoverage", Trends.lineCoverage(run));
    }

    /** {@code {totalRuns, passRate, lastRun, coverage, flaky[], trend, recentRuns?}}. */
    private static ToolResult summary(TestRunStore store, Arguments arguments) throws IOException {
        var totals = store.totals();
        var runs = store.latest(LOOKED_AT);
        var json =
                JsonObject.EMPTY
                        .with("totalRuns", totals.runs())
                        .with("passRate", Trends.rate(totals.passed(), totals.runs()));
        if (runs.isEmpty()) {
            json =
                    json.with("lastRun", JsonNull.NULL)
                            .with("note", "no tests were run yet; workspace_test_run does it");
        } else {
            var last = runs.getFirst();
            var alike = alike(runs, last);
            JsonValue coverage = last.coverage().isEmpty() ? JsonNull.NULL : last.coverage();
            json =
                    json.with("lastRun", told(last, SHORT_LOG))
                            .with("coverage", coverage)
                            .with("flaky", Flakiness.in(alike).json())
                            .with("trend", new Trends(alike).json());
        }
        if (arguments.flag("include_recent", false)) {
            var recent =
                    runs.stream()
                            .limit(arguments.number("recent_limit", FEW))
                            .map(run -> told(run, SHORT_LOG))
                            .toList();
            json = json.with("recentRuns", JsonArray.copyOf(recent));
        }
        return ToolResult.json(json);
    }
}
