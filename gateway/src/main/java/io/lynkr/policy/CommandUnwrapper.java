package io.lynkr.policy;

import io.lynkr.policy.SimpleCommand.Assignment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the commands that a command starts because that is its job: {@code env}, {@code timeout},
 * {@code xargs}, {@code find -exec}, {@code bash -c}, {@code eval} and their like. What it cannot
 * tell is denied.
 */
final class CommandUnwrapper {
    private static final Pattern ASSIGNMENT = Pattern.compile("(?s)([A-Za-z_][A-Za-z0-9_]*)=(.*)");

    /**
     * How the command in a wrapper is found.
     *
     * @param valued options whose value is the next word
     * @param operands words before the command
     * @param fed whether further arguments come from elsewhere
     */
    private record Wrapper(Set<String> valued, int operands, boolean fed) {
        static Wrapper of(int operands, String... valued) {
            return new Wrapper(Set.of(valued), operands, false);
        }
    }

    private static final Map<String, Wrapper> WRAPPERS =
            Map.ofEntries(
                    Map.entry("env", Wrapper.of(0, "-u", "--unset", "-C", "--chdir")),
                    Map.entry("nohup", Wrapper.of(0)),
                    Map.entry("timeout", Wrapper.of(1, "-s", "--signal", "-k", "--kill-after")),
                    Map.entry("gtimeout", Wrapper.of(1, "-s", "--signal", "-k", "--kill-after")),
                    Map.entry("nice", Wrapper.of(0, "-n", "--adjustment")),
                    Map.entry("ionice", Wrapper.of(0, "-c", "-n", "--class", "--classdata")),
                    Map.entry(
                            "stdbuf",
                            Wrapper.of(0, "-i", "-o", "-e", "--input", "--output", "--error")),
                    Map.entry("setsid", Wrapper.of(0)),
                    Map.entry("chrt", Wrapper.of(1, "-T", "-P", "-D")),
                    Map.entry("taskset", Wrapper.of(1)),
                    Map.entry("time", Wrapper.of(0, "-f", "--format")),
                    Map.entry("command", Wrapper.of(0)),
                    Map.entry("builtin", Wrapper.of(0)),
                    Map.entry("exec", Wrapper.of(0, "-a")),
                    Map.entry("busybox", Wrapper.of(0)),
                    Map.entry("toybox", Wrapper.of(0)),
                    Map.entry("unbuffer", Wrapper.of(0)),
                    Map.entry("catchsegv", Wrapper.of(0)),
                    Map.entry("caffeinate", Wrapper.of(0, "-t", "-w")),
                    Map.entry("faketime", Wrapper.of(1)),
                    Map.entry(
                            "xargs",
                            new Wrapper(
                                    Set.of(
                                            "-I",
                                            "-n",
                                            "-P",
                                            "-L",
                                            "-s",
                                            "-d",
                                            "-a",
                                            "-E",
                                            "--arg-file",
                                            "--delimiter",
                                            "--max-args",
                                            "--max-procs",
                                            "--max-chars",
                                            "--max-lines"),
                                    0,
                                    true)));

    private static final Set<String> BASH = Set.of("bash", "rbash");
    private static final Set<String> OTHER_SHELLS =
            Set.of("sh", "dash", "ash", "ksh", "mksh", "posh", "yash");
    private static final Set<String> FIND_EXEC = Set.of("-exec", "-execdir", "-ok", "-okdir");
    private static final Set<String> FD_EXEC = Set.of("-x", "--exec", "-X", "--exec-batch");

    private CommandUnwrapper() {}

    /** The commands inside; empty if this one starts none by itself. */
    static List<SimpleCommand> inside(String name, SimpleCommand command) throws CommandDenied {
        var arguments = command.words().subList(1, command.words().size());
        if (BASH.contains(name)) {
            return shell(command, arguments, true);
        }
        if (OTHER_SHELLS.contains(name)) {
            return shell(command, arguments, false);
        }
        return switch (name) {
            case "eval" -> script(joined(arguments), true);
            case "watch" -> watch(arguments);
            case "trap" -> trap(arguments);
            case "find" -> find(arguments);
            case "fd", "fdfind" -> fd(arguments);
            case "flock" -> flock(arguments);
            case "source", "." -> sourced(arguments);
            default -> {
                var wrapper = WRAPPERS.get(name);
                yield wrapper == null ? List.of() : wrapped(name, command, wrapper, arguments);
            }
        };
    }

    private static List<SimpleCommand> wrapped(
            String name, SimpleCommand command, Wrapper wrapper, List<Word> arguments)
            throws CommandDenied {
        var assignments = new ArrayList<Assignment>();
        var replaced = Optional.<String>empty();
        int operands = wrapper.operands();
        int at = 0;
        for (; at < arguments.size(); at++) {
            var word = known(name, arguments.get(at));
            if (word.startsWith("-") && word.length() > 1) {
                if (name.equals("env") && (word.startsWith("-S") || word.startsWith("--s"))) {
                    throw CommandDenied.unsafe("env -S takes a whole command line; write it out");
                }
                if (name.equals("xargs")
                        && (word.startsWith("-I")
                                || word.startsWith("-i")
                                || word.startsWith("--rep"))) {
                    replaced = Optional.of(replacement(word, arguments, at));
                }
                if (wrapper.valued().contains(word)) {
                    at++;
                }
            } else if (name.equals("env") && word.matches("(?s)[^=]+=.*")) {
                assignments.add(assignment(word));
            } else if (operands-- <= 0) {
                break;
            }
        }
        if (at >= arguments.size()) {
            return assignments.isEmpty()
                    ? List.of()
                    : List.of(
                            new SimpleCommand(
                                    List.of(), assignments, List.of(), SimpleCommand.Input.NONE));
        }
        var words = new ArrayList<>(arguments.subList(at, arguments.size()));
        if (replaced.isPresent()) {
            withGaps(words, replaced.get());
        } else if (wrapper.fed()) {
            words.add(Word.UNKNOWN);
        }
        return List.of(new SimpleCommand(words, assignments, List.of(), command.input()));
    }

    private static String replacement(String option, List<Word> arguments, int at) {
        if (option.equals("-I") && at + 1 < arguments.size()) {
            return arguments.get(at + 1).text();
        }
        var glued = option.replaceFirst("^(-[Ii]|--rep[a-z]*=?)", "");
        return glued.isEmpty() ? "{}" : glued;
    }

    /** What will be put in is not known, so a word with the placeholder in it is not either. */
    private static void withGaps(List<Word> words, String placeholder) {
        words.replaceAll(
                word ->
                        word.text().contains(placeholder)
                                ? new Word(
                                        word.text().replace(placeholder, String.valueOf(Word.GAP)),
                                        Word.Certainty.UNKNOWN,
                                        false)
                                : word);
    }

    private static Assignment assignment(String word) throws CommandDenied {
        var matcher = ASSIGNMENT.matcher(word);
        if (!matcher.matches()) {
            throw CommandDenied.unsafe("'" + word + "' sets a variable with a strange name");
        }
        return new Assignment(matcher.group(1), Word.literal(matcher.group(2)));
    }

    private static String known(String name, Word word) throws CommandDenied {
        if (!word.isLiteral()) {
            throw CommandDenied.unsafe(
                    "what "
                            + name
                            + " would start is only known when it runs ('"
                            + word.shown()
                            + "')");
        }
        return word.text();
    }

    private static List<SimpleCommand> shell(
            SimpleCommand command, List<Word> arguments, boolean bash) throws CommandDenied {
        boolean runsText = false;
        boolean reads = false;
        int at = 0;
        for (; at < arguments.size(); at++) {
            var option = known("the shell", arguments.get(at));
            if (option.equals("--") || option.equals("-")) {
                at++;
                break;
            }
            if (option.startsWith("--")) {
                if (option.startsWith("--rcfile") || option.startsWith("--init-file")) {
                    throw CommandDenied.unsafe("a start file for a shell is not allowed");
                }
            } else if (option.length() > 1 && (option.startsWith("-") || option.startsWith("+"))) {
                runsText |= option.startsWith("-") && option.contains("c");
                reads |= option.contains("s");
                if (option.endsWith("o") || option.endsWith("O")) {
                    at++;
                }
            } else {
                break;
            }
        }
        if (runsText) {
            if (at >= arguments.size()) {
                throw CommandDenied.unsafe("the shell's -c has no command");
            }
            return script(arguments.get(at), bash);
        }
        if (!reads && at < arguments.size() && !arguments.get(at).text().startsWith("/dev/")) {
            known("the shell", arguments.get(at));
            return List.of(); // a script, which is a program like any other
        }
        if (command.input().given()) {
            return script(command.input().text(), bash);
        }
        throw CommandDenied.unsafe(
                "the shell would run what it reads, which is not known; write the commands out");
    }

    private static List<SimpleCommand> script(Word text, boolean bash) throws CommandDenied {
        if (!text.isLiteral()) {
            throw CommandDenied.unsafe(
                    "a shell would run '" + text.shown() + "', which is only known when it runs");
        }
        try {
            return ShellParser.parse(text.text(), bash);
        } catch (ShellSyntaxException notUnderstood) {
            throw CommandDenied.unsafe(
                    "'" + text.shown() + "' cannot be understood: " + notUnderstood.getMessage());
        }
    }

    /** As eval sees them: a blank between two words. */
    private static Word joined(List<Word> words) {
        boolean literal = words.stream().allMatch(Word::isLiteral);
        var text = String.join(" ", words.stream().map(Word::text).toList());
        return new Word(text, literal ? Word.Certainty.LITERAL : Word.Certainty.UNKNOWN, false);
    }

    private static List<SimpleCommand> watch(List<Word> arguments) throws CommandDenied {
        int at = 0;
        while (at < arguments.size() && known("watch", arguments.get(at)).startsWith("-")) {
            var option = arguments.get(at).text();
            at += option.equals("-n") || option.equals("--interval") ? 2 : 1;
        }
        return at >= arguments.size()
                ? List.of()
                : script(joined(arguments.subList(at, arguments.size())), false);
    }

    private static List<SimpleCommand> trap(List<Word> arguments) throws CommandDenied {
        int at = 0;
        while (at < arguments.size() && arguments.get(at).text().matches("--|-[lpP]+")) {
            at++;
        }
        if (at >= arguments.size() || arguments.get(at).text().matches("|-")) {
            return List.of();
        }
        return script(arguments.get(at), true);
    }

    private static List<SimpleCommand> find(List<Word> arguments) throws CommandDenied {
        var found = new ArrayList<SimpleCommand>();
        for (int at = 0; at < arguments.size(); at++) {
            if (FIND_EXEC.contains(arguments.get(at).text())) {
                int end = at + 1;
                while (end < arguments.size() && !isExecEnd(arguments, end)) {
                    end++;
                }
                found.add(started("find", arguments.subList(at + 1, end)));
                at = end;
            }
        }
        return found;
    }

    private static boolean isExecEnd(List<Word> arguments, int at) {
        var text = arguments.get(at).text();
        return text.equals(";") || (text.equals("+") && arguments.get(at - 1).text().equals("{}"));
    }

    private static List<SimpleCommand> fd(List<Word> arguments) throws CommandDenied {
        for (int at = 0; at < arguments.size(); at++) {
            var text = arguments.get(at).text();
            if (FD_EXEC.contains(text)) {
                return List.of(started("fd", arguments.subList(at + 1, arguments.size())));
            }
            if (text.startsWith("--exec") || text.matches("-[A-Za-z]*[xX].*")) {
                throw CommandDenied.unsafe("write fd's --exec as a word of its own");
            }
        }
        return List.of();
    }

    private static SimpleCommand started(String by, List<Word> arguments) throws CommandDenied {
        if (arguments.isEmpty()) {
            throw CommandDenied.unsafe(by + " has nothing to start");
        }
        var words = new ArrayList<>(arguments);
        withGaps(words, "{}");
        words.add(Word.UNKNOWN);
        return SimpleCommand.of(words);
    }

    private static List<SimpleCommand> flock(List<Word> arguments) throws CommandDenied {
        for (int at = 0; at < arguments.size(); at++) {
            var text = known("flock", arguments.get(at));
            if (text.equals("-c") || text.equals("--command")) {
                return script(joined(arguments.subList(at + 1, arguments.size())), false);
            }
            if (!text.startsWith("-")) {
                var rest = arguments.subList(at + 1, arguments.size());
                if (!rest.isEmpty() && rest.getFirst().text().matches("-c|--command")) {
                    return script(joined(rest.subList(1, rest.size())), false);
                }
                return rest.isEmpty() ? List.of() : List.of(SimpleCommand.of(rest));
            }
            if (text.matches("-[wE]|--timeout|--conflict-exit-code")) {
                at++;
            }
        }
        return List.of();
    }

    private static List<SimpleCommand> sourced(List<Word> arguments) throws CommandDenied {
        if (arguments.isEmpty() || known("source", arguments.getFirst()).startsWith("/dev/")) {
            throw CommandDenied.unsafe("what the shell would read is not known");
        }
        return List.of();
    }
}
