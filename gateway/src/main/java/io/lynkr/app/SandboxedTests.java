package io.lynkr.app;

import io.lynkr.json.JsonObject;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.exec.CommandRunner;
import io.lynkr.tool.git.TestCommand;

import java.time.Duration;

/** Runs the tests before a commit where commands of models run. */
record SandboxedTests(CommandRunner commands) implements TestCommand {
    private static final Duration TIME = Duration.ofMinutes(5);

    @Override
    public Run run(String line, CallContext context) throws ToolException, InterruptedException {
        var result = commands.run(line, TIME, context);
        return switch (result) {
            case ToolResult.Done _, ToolResult.Unsuccessful _ -> run(result);
            case ToolResult.Failed(var kind, var message) -> throw new ToolException(kind, message);
            case ToolResult.Denied(var _, var reason) ->
                    throw new ToolException(
                            ToolException.Kind.UNAVAILABLE,
                            "the tests of POLICY_GIT_TEST_COMMAND cannot run: " + reason);
        };
    }

    private static Run run(ToolResult result) {
        var facts = JsonObject.parse(result.content().getFirst().string("text").orElse("{}"));
        var ending =
                facts.isTrue("timed_out")
                        ? "not done in time"
                        : "exit code " + facts.integer("exit_code").orElse(-1);
        var output = facts.string("stdout").orElse("") + "\n" + facts.string("stderr").orElse("");
        return new Run(!result.isError(), ending, output.strip());
    }
}
