package io.lynkr.policy;

import io.lynkr.policy.SandboxSettings.PermissionMode;
import io.lynkr.policy.SandboxSettings.Permissions;

import java.util.List;

/**
 * Which programs may run at all: those that a command line names, wherever it does, the interpreter
 * of a program text included.
 */
final class ProgramRule implements PolicyRule {
    private static final int DEEPEST = 20;

    private final Permissions permissions;

    ProgramRule(Permissions permissions) {
        this.permissions = permissions;
    }

    @Override
    public Ruling judge(String tool, Action action) {
        if (permissions.mode() == PermissionMode.AUTO && permissions.deny().isEmpty()) {
            return Ruling.NOT_MINE;
        }
        return switch (action) {
            case Action.RunCommand(var line, _) -> judgeLine(line);
            case Action.RunProgram(var argv, _) ->
                    judge(List.of(SimpleCommand.of(argv.stream().map(Word::literal).toList())));
            case Action.RunCode(var interpreter, _, _) -> judge(interpreter);
            default -> Ruling.NOT_MINE;
        };
    }

    private Ruling judgeLine(String line) {
        try {
            return judge(ShellParser.parse(line, true));
        } catch (ShellSyntaxException notUnderstood) {
            return Ruling.deny(
                    "program_denied",
                    "it is not certain which programs the line runs, and not all may"
                            + " (MCP_SANDBOX_PERMISSION_MODE)");
        }
    }

    private Ruling judge(List<SimpleCommand> commands) {
        try {
            check(commands, 0);
            return Ruling.NOT_MINE;
        } catch (CommandDenied refused) {
            return refused.ruling();
        }
    }

    private void check(List<SimpleCommand> commands, int depth) throws CommandDenied {
        if (depth > DEEPEST) {
            throw CommandDenied.unsafe("commands start commands too many times over");
        }
        for (var command : commands) {
            if (command.words().isEmpty()) {
                continue;
            }
            var first = command.words().getFirst();
            var name = first.text().substring(first.text().lastIndexOf('/') + 1);
            if (!first.isLiteral() || judge(name) instanceof Ruling.Deny) {
                throw new CommandDenied("program_denied", reason(first.shown()));
            }
            check(CommandUnwrapper.inside(name, command), depth + 1);
        }
    }

    private Ruling judge(String program) {
        return permissions.permit(program)
                ? Ruling.NOT_MINE
                : Ruling.deny("program_denied", reason(program));
    }

    private static String reason(String program) {
        return "'"
                + program
                + "' may not be run here (MCP_SANDBOX_PERMISSION_MODE,"
                + " MCP_SANDBOX_PERMISSION_ALLOW, MCP_SANDBOX_PERMISSION_DENY)";
    }
}
