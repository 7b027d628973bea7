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
import io.lynkr.workspace.WorkspacePath;

import java.util.ArrayList;
import java.util.List;

/** Runs a command line with bash, or a program with its arguments. */
public final class ShellTool implements Tool {
    private static final ToolSpec SPEC =
            new ToolSpec(
                    "shell",
                    "exec",
                    "Runs a command line with bash in the workspace and returns stdout, stderr and"
                        + " the exit code as JSON. Nothing can be typed in, and nothing lives on"
                        + " when it ends. It usually runs in a sandbox: the workspace is writable,"
                        + " the rest of the machine is not, and there may be no network.",
                    CommandArguments.after(
                            Parameter.words(
                                            "command",
                                            "The command line; or a program, if 'args' are given.")
                                    .or("cmd", "run", "input")
                                    .needed(),
                            Parameter.texts(
                                    "args",
                                    "The program's arguments, which no shell looks at then.")),
                    Effect.DESTROYS);

    private final CommandRunner runner;

    public ShellTool(CommandRunner runner) {
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
        var argv = argv(arguments);
        var action = action(arguments, argv, folder);
        var command =
                new Command(
                        argv,
                        "",
                        folder,
                        common.variables(),
                        common.time(runner.settings().timeout()),
                        common.mustBeBoxed());
        return Plan.to(action, () -> runner.run(command, context));
    }

    private static boolean isLine(Arguments arguments) {
        return arguments.text("command").isPresent() && !arguments.has("args");
    }

    private static List<String> argv(Arguments arguments) throws ToolException {
        var argv = new ArrayList<String>();
        if (isLine(arguments)) {
            var line = arguments.needed("command");
            argv.addAll(line.isBlank() ? List.of() : List.of("bash", "-c", line));
        } else {
            arguments.text("command").ifPresent(argv::add);
            argv.addAll(arguments.texts("command"));
            argv.addAll(arguments.texts("args"));
        }
        if (argv.isEmpty() || argv.getFirst().isBlank()) {
            throw new ToolException(Kind.INVALID_ARGUMENTS, "'command' is empty");
        }
        for (var word : argv) {
            CommandArguments.withoutNul("'command'", word);
        }
        return argv;
    }

    private static Action action(Arguments arguments, List<String> argv, WorkspacePath folder) {
        return isLine(arguments)
                ? new Action.RunCommand(argv.getLast(), folder)
                : new Action.RunProgram(argv, folder);
    }
}
