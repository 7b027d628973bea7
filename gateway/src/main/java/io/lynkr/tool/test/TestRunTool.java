package io.lynkr.tool.test;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.tool.Arguments;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.Parameter;
import io.lynkr.tool.Plan;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.ToolSpec;
import io.lynkr.workspace.ProcessLimits;
import io.lynkr.workspace.Workspace;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code workspace_test_run}: runs the tests and tells which failed, where, and what they cover.
 */
final class TestRunTool implements Tool {
    private static final int SHOWN_OUTPUT = 8_000;
    private static final int KEPT_OUTPUT = 64_000;
    private static final int MOST_CASES = 5_000;

    private static final ToolSpec SPEC =
            new ToolSpec(
                    "workspace_test_run",
                    TestTools.FAMILY,
                    "Runs the workspace's tests as the gateway's operator configured them and tells"
                        + " which failed, in which file and line, and what they cover. A passing"
                        + " run of the usual command also lets exactly this content be committed"
                        + " where commits need tests.",
                    List.of(
                            Parameter.text(
                                            "profile",
                                            "Which of the configured ways to run tests; 'default'"
                                                    + " by default.")
                                    .or("name"),
                            Parameter.words(
                                            "args",
                                            "Arguments instead of the configured ones: a list, or a"
                                                    + " text with blanks between them.")
                                    .or("extra_args"),
                            Parameter.text(
                                    "cwd", "The folder to start in; the profile's by default."),
                            Parameter.object("env", "Further variables of its environment."),
                            Parameter.number(
                                            "timeout_ms",
                                            1,
                                            ProcessLimits.LONGEST.toMillis(),
                                            "After so many milliseconds it is killed.")
                                    .or("timeout"),
                            Parameter.choice(
                                    "sandbox",
                                    List.of("auto", "always", "never"),
                                    "'always' refuses to run outside a sandbox; the others leave it"
                                            + " to the gateway."),
                            Parameter.flag(
                                    "collect_coverage",
                                    "Whether to read coverage reports; true by default."),
                            Parameter.text("session_id", "Not needed.")),
                    ToolSpec.Effect.DESTROYS);

    private final Workspace workspace;
    private final TestSettings settings;
    private final TestProgram program;
    private final TestRunStore store;
    private final TestedContent content;
    private final ChangedLines changes;
    private final Clock clock;

    TestRunTool(
            Workspace workspace,
            TestSettings settings,
            TestProgram program,
            TestRunStore store,
            TestedContent content,
            ChangedLines changes,
            Clock clock) {
        this.workspace = workspace;
        this.settings = settings;
        this.program = program;
        this.store = store;
        this.content = content;
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) throws ToolException {
        var wish = Wish.of(arguments, settings, workspace);
        return Plan.to(wish.action(), () -> run(wish, context));
    }

    private ToolResult run(Wish wish, CallContext context)
            throws ToolException, InterruptedException {
        context.progress().accept("runs the tests: " + wish.profile().line());
        var before = content.now();
        // Files tell seconds only on some systems.
        var begun = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return switch (program.run(wish.launch(), context)) {
            case TestProgram.Ending.Refused(var denied) -> denied;
            case TestProgram.Ending.Ran ran -> tell(wish, ran, begun, before);
        };
    }

    private ToolResult tell(
            Wish wish, TestProgram.Ending.Ran ran, Instant begun, Optional<String> before)
            throws ToolException, InterruptedException {
        var unchanged = before.isPresent() && before.equals(content.now());
        var notes = new ArrayList<String>();
        try {
            var reader = new RunReader(WrittenFiles.in(workspace), settings);
            var report = reader.report(begun, ran.stdout() + "\n" + ran.stderr(), notes);
            var coverage =
                    wish.withCoverage()
                            ? reader.coverage(begun).json(changes.now())
                            : JsonObject.EMPTY;
            var run =
                    store.add(
                            run(
                                    wish,
                                    ran,
                                    unchanged ? before : Optional.empty(),
                                    report,
                                    coverage,
                                    clock.instant()));
            var json =
                    JsonObject.of("run", RunJson.of(run, SHOWN_OUTPUT))
                            .with("results", results(run, report))
                            .withOptional(
                                    "coverage", Optional.of(coverage).filter(it -> !it.isEmpty()))
                            .with("tested", tested(wish, run, unchanged, before.isPresent()));
            if (!ran.killedFor().isEmpty()) {
                json = json.with("killed_for", ran.killedFor());
            }
            if (!notes.isEmpty()) {
                json = json.with("notes", JsonArray.ofStrings(notes));
            }
            var block = ToolResult.block(json.toString());
            return run.passed()
                    ? new ToolResult.Done(List.of(block))
                    : new ToolResult.Unsuccessful(List.of(block));
        } catch (IOException e) {
            throw new ToolException(Kind.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private static TestRun run(
            Wish wish,
            TestProgram.Ending.Ran ran,
            Optional<String> content,
            Optional<TestReport> report,
            JsonObject coverage,
            Instant at) {
        boolean passed = ran.exitCode().isPresent() && ran.exitCode().getAsInt() == 0;
        var cases = JsonObject.EMPTY;
        for (var test : report.map(TestReport::cases).orElse(List.of())) {
            if (cases.size() < MOST_CASES) {
                cases = cases.with(test.name(), test.status().word());
            }
        }
        return new TestRun(
                0,
                wish.profile().name(),
                ran.timedOut() ? TestRun.TIMED_OUT : passed ? TestRun.PASSED : TestRun.FAILED,
                wish.profile().line(),
                wish.launch().folder().toString(),
                ran.exitCode(),
                ran.timedOut(),
                ran.took(),
                ran.sandbox(),
                content,
                kept(ran.stdout()),
                kept(ran.stderr()),
                report.map(TestReport::json).orElse(JsonObject.EMPTY),
                cases,
                coverage,
                at);
    }

    /** The end, which usually tells more of tests. */
    private static String kept(String output) {
        return output.length() <= KEPT_OUTPUT
                ? output
                : output.substring(output.length() - KEPT_OUTPUT);
    }

    private JsonObject results(TestRun run, Optional<TestReport> report) throws IOException {
        if (report.isEmpty()) {
            return JsonObject.of(
                    "note",
                    "single tests are not known: no report that this run wrote was found, and the"
                            + " output is in no known format (WORKSPACE_TEST_REPORT_FILES)");
        }
        var flaky = Flakiness.in(TestTools.alike(store.latest(TestTools.LOOKED_AT), run)).tests();
        flaky.keySet()
                .retainAll(
                        report.get().cases().stream()
                                .filter(CaseResult::failed)
                                .map(CaseResult::name)
                                .toList());
        return flaky.isEmpty()
                ? run.report()
                : run.report().with("known_as_flaky", new Flakiness(flaky).json());
    }

    private JsonObject tested(Wish wish, TestRun run, boolean unchanged, boolean known) {
        var json = JsonObject.EMPTY;
        if (!run.passed()) {
            return json.with("recorded", false).with("reason", "the tests did not pass");
        }
        if (!known) {
            return json.with("recorded", false)
                    .with("reason", "there is no git repository that tells the content");
        }
        if (!unchanged) {
            return json.with("recorded", false)
                    .with(
                            "reason",
                            "files changed while the tests ran; let git ignore what tests write");
        }
        boolean usual = wish.asConfigured() && wish.profile().name().equals(TestProfile.DEFAULT);
        if (!usual || !content.passed(run.content().orElseThrow(), run.command())) {
            return json.with("recorded", false)
                    .with(
                            "reason",
                            "this is not the command that must pass before a commit"
                                    + " (POLICY_GIT_TEST_COMMAND)");
        }
        return json.with("recorded", true).with("content", run.content().orElseThrow());
    }
}
