package io.lynkr.app;

import io.lynkr.tool.CallContext;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.exec.Command;
import io.lynkr.tool.exec.CommandRunner;
import io.lynkr.tool.exec.Execution;
import io.lynkr.tool.git.TestCommand;
import io.lynkr.tool.test.TestProgram;
import io.lynkr.workspace.ProcessResult;
import io.lynkr.workspace.ProcessResult.Ending.Exited;
import io.lynkr.workspace.ProcessResult.Ending.TimedOut;
import io.lynkr.workspace.ProcessResult.Ending.TooGreedy;
import io.lynkr.workspace.WorkspacePath;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Runs tests where commands of models run: those before a commit, and those asked for. */
record SandboxedTests(CommandRunner commands) implements TestCommand, TestProgram {
    private static final Duration BEFORE_A_COMMIT = Duration.ofMinutes(5);

    /** Results are read from it, and some runners name each test. */
    private static final int OUTPUT_BYTES = 4 << 20;

    private static final int SHOWN = 24_000;

    @Override
    public TestCommand.Run run(String line, CallContext context)
            throws ToolException, InterruptedException {
        var launch =
                new Launch(
                        List.of("bash", "-c", line),
                        WorkspacePath.ROOT,
                        Map.of(),
                        BEFORE_A_COMMIT,
                        false);
        return switch (execute(launch, context)) {
            case Execution.Ran(var result, _) -> run(result);
            case Execution.Refused(var denied) ->
                    throw new ToolException(
                            ToolException.Kind.UNAVAILABLE,
                            "the tests of POLICY_GIT_TEST_COMMAND cannot run: " + denied.reason());
        };
    }

    private static TestCommand.Run run(ProcessResult result) {
        var ending =
                result.ending() instanceof Exited(var code)
                        ? "exit code " + code
                        : result.ending() instanceof TimedOut
                                ? "not done in time"
                                : killedFor(result.ending());
        var output = (result.stdout().text() + "\n" + result.stderr().text()).strip();
        return new TestCommand.Run(
                result.succeeded(),
                ending,
                output.length() > SHOWN ? output.substring(output.length() - SHOWN) : output);
    }

    private static String killedFor(ProcessResult.Ending ending) {
        return switch (ending) {
            case TooGreedy(var what) -> what;
            case TimedOut(var limit) -> "more than " + limit.toMillis() + " ms";
            case Exited _, ProcessResult.Ending.NotStarted _ -> "";
        };
    }

    @Override
    public TestProgram.Ending run(Launch launch, CallContext context)
            throws ToolException, InterruptedException {
        return switch (execute(launch, context)) {
            case Execution.Refused(var denied) -> new TestProgram.Ending.Refused(denied);
            case Execution.Ran(var result, var sandbox) ->
                    new TestProgram.Ending.Ran(
                            result.ending() instanceof Exited(var code)
                                    ? OptionalInt.of(code)
                                    : OptionalInt.empty(),
                            result.ending() instanceof TimedOut,
                            killedFor(result.ending()),
                            result.took(),
                            sandbox,
                            result.stdout().text(),
                            result.stderr().text());
        };
    }

    private Execution execute(Launch launch, CallContext context)
            throws ToolException, InterruptedException {
        var command =
                new Command(
                        launch.argv(),
                        "",
                        launch.folder(),
                        launch.variables(),
                        launch.time(),
                        launch.mustBeBoxed());
        return commands.execute(command, OUTPUT_BYTES, context);
    }
}
