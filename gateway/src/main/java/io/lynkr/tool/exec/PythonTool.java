package io.lynkr.tool.exec;

import io.lynkr.policy.Action;
import io.lynkr.tool.Arguments;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.Parameter;
import io.lynkr.tool.Plan;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.tool.ToolSpec;
import io.lynkr.tool.ToolSpec.Effect;

import java.util.List;

/** Runs a program text with Python, which reads it from its standard input. */
public final class PythonTool implements Tool {
    private static final String USUAL = "python3";

    private static final ToolSpec SPEC =
            new ToolSpec(
                    "python_exec",
                    "exec",
                    "Runs a Python 3 program in the workspace and returns stdout, stderr and the"
                        + " exit code as JSON; print what you want to know. It usually runs in a"
                        + " sandbox: the workspace is writable, the rest of the machine is not, and"
                        + " there may be no network.",
                    CommandArguments.after(
                            Parameter.text("code", "The whole program.")
                                    .or("script", "input")
                                    .needed(),
                            Parameter.choice(
                                            "executable",
                                            List.of(USUAL, "python"),
                                            "The interpreter; python3 by default.")
                                    .or("python")),
                    Effect.DESTROYS);

    private final CommandRunner runner;

    public PythonTool(CommandRunner runner) {
        this.runner = runner;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) throws ToolException {
        var common = new CommandArguments(arguments);
        var folder = common.folder(runner.workspace());
        var code = arguments.needed("code");
        if (code.isBlank()) {
            throw new ToolException(Kind.INVALID_ARGUMENTS, "'code' is empty");
        }
        var interpreter = arguments.text("executable").orElse(USUAL);
        var command =
                new Command(
                        List.of(interpreter, "-"),
                        code,
                        folder,
                        common.variables(),
                        common.time(runner.settings().timeout()),
                        common.mustBeBoxed());
        return Plan.to(
                new Action.RunCode(interpreter, code, folder), () -> runner.run(command, context));
    }
}
