package io.lynkr.cli;

import static java.util.Objects.requireNonNullElse;

import io.lynkr.config.Edits;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Answers arguments that make no sense: what was not understood, and what is nearest to it. */
final class UsageMistakes implements IParameterExceptionHandler {
    private static final int LETTERS_PER_SLIP = 3;

    @Override
    public int handleParseException(ParameterException mistake, String[] args) {
        var command = mistake.getCommandLine();
        var name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + explain(mistake));
        command.getErr().println("See '" + name + " --help'.");
        return ExitCode.USAGE;
    }

    private static String explain(ParameterException mistake) {
        if (mistake instanceof UnmatchedArgumentException unmatched) {
            return explain(unmatched.getUnmatched().getFirst(), unmatched.getCommandLine());
        }
        var message = requireNonNullElse(mistake.getMessage(), "these arguments make no sense");
        return message.replaceFirst("^Error: ", "");
    }

    private static String explain(String argument, CommandLine command) {
        boolean option = argument.startsWith("-");
        boolean hasCommands = !command.getSubcommands().isEmpty();
        var kind = option ? "option" : hasCommands ? "command" : "argument";
        var known = option ? options(command) : commands(command);
        return "there is no "
                + kind
                + " '"
                + argument
                + "'."
                + nearest(argument, known)
                        .map(meant -> " Did you mean '" + meant + "'?")
                        .orElse("");
    }

    private static List<String> options(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .flatMap(option -> Stream.of(option.names()))
                .toList();
    }

    private static List<String> commands(CommandLine command) {
        return command.getSubcommands().entrySet().stream()
                .filter(entry -> !entry.getValue().getCommandSpec().usageMessage().hidden())
                .map(entry -> entry.getKey())
                .toList();
    }

    private static Optional<String> nearest(String argument, List<String> known) {
        return known.stream()
                .filter(candidate -> isNear(argument, candidate))
                .min(Comparator.comparingInt(candidate -> Edits.between(argument, candidate)));
    }

    /** The beginning of it, or a slip for every few letters. */
    private static boolean isNear(String argument, String candidate) {
        int letters = candidate.replaceFirst("^-+", "").length();
        boolean beginning = argument.length() > 2 && candidate.startsWith(argument);
        return beginning || Edits.between(argument, candidate) <= letters / LETTERS_PER_SLIP;
    }
}
