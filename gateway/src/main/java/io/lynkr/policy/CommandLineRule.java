package io.lynkr.policy;

import io.lynkr.workspace.ChildEnvironment;
import io.lynkr.workspace.Glob;
import io.lynkr.workspace.WorkspacePath;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Command lines, taken apart: every simple command in them is judged, those that others start
 * included. It holds the git policy and the blocked paths, and, unless turned off, the rules for
 * commands.
 */
final class CommandLineRule implements PolicyRule {
    private static final int DEEPEST = 20;
    private static final int MOST_JUDGED = 2_000;

    /** Commands that only read what they name. */
    private static final Set<String> READERS =
            Set.of(
                    "cat",
                    "ls",
                    "head",
                    "tail",
                    "grep",
                    "egrep",
                    "fgrep",
                    "rg",
                    "wc",
                    "diff",
                    "cmp",
                    "file",
                    "stat",
                    "find",
                    "fd",
                    "sort",
                    "uniq",
                    "git",
                    "test",
                    "[",
                    "[[",
                    "echo",
                    "printf",
                    ":",
                    "true",
                    "basename",
                    "dirname",
                    "realpath",
                    "readlink",
                    "du",
                    "cut",
                    "awk",
                    "jq",
                    "xxd",
                    "od",
                    "md5sum",
                    "sha1sum",
                    "sha256sum",
                    "tree",
                    "cd",
                    "less",
                    "more",
                    "nl",
                    "tac",
                    "column",
                    "comm");

    /** Builtins that set the variables they name. */
    private static final Set<String> SETTERS =
            Set.of(
                    "export",
                    "declare",
                    "typeset",
                    "local",
                    "readonly",
                    "read",
                    "mapfile",
                    "readarray",
                    "getopts",
                    "unset",
                    "printf");

    private static final Pattern NAME_FIRST = Pattern.compile("(?s)([A-Za-z_][A-Za-z0-9_]*)(=.*)?");
    private static final Pattern SUM = Pattern.compile("[A-Za-z0-9_ +*/%<>=!&|^~?:,()-]*");

    /**
     * bash evaluates a subscript, commands in it included, in places where one expects only text.
     */
    private static final Pattern LIVE_SUBSCRIPT =
            Pattern.compile("[A-Za-z0-9_]\\[[^]]*(\\$\\(|`|\\$\\{)");

    /** Variables of the kinds that load code, with values that do not. */
    private static final Pattern HARMLESS_ASSIGNMENT =
            Pattern.compile(
                    "(?s)IFS=.*|PYTHON(UNBUFFERED|DONTWRITEBYTECODE|HASHSEED|PATH|IOENCODING|WARNINGS)=.*"
                        + "|GIT_(AUTHOR|COMMITTER)_(NAME|EMAIL|DATE)=.*"
                        + "|GIT_(TERMINAL_PROMPT|OPTIONAL_LOCKS|MERGE_AUTOEDIT)=[01a-z]*"
                        + "|(GIT_)?PAGER=(cat)?|(GIT_EDITOR|EDITOR|VISUAL)=(true|:|cat)");

    private final boolean checksCommands;
    private final Map<String, CommandRule> rules;
    private final FilePathRule files;
    private final GitRule git;
    private final Path root;

    CommandLineRule(PolicySettings settings, FilePathRule files, GitRule git, Path root) {
        this.checksCommands = settings.safeCommands();
        this.rules = settings.commandRules();
        this.files = files;
        this.git = git;
        this.root = root;
    }

    @Override
    public Ruling judge(String tool, Action action) {
        return switch (action) {
            case Action.RunCommand(var line, var folder) -> judgeLine(line, folder);
            case Action.RunProgram(var argv, var folder) ->
                    judge(
                            List.of(SimpleCommand.of(argv.stream().map(Word::literal).toList())),
                            folder);
            default -> Ruling.NOT_MINE;
        };
    }

    private Ruling judgeLine(String line, WorkspacePath folder) {
        if (!checksCommands && !git.restricts()) {
            return Ruling.ALLOW;
        }
        try {
            return judge(ShellParser.parse(line, true), folder);
        } catch (ShellSyntaxException notUnderstood) {
            return CommandDenied.unsafe(
                            "the command line cannot be understood for certain: "
                                    + notUnderstood.getMessage()
                                    + "; write it more simply")
                    .ruling();
        }
    }

    private Ruling judge(List<SimpleCommand> commands, WorkspacePath folder) {
        try {
            new Judgement(new Places(root, folder, files)).all(commands, 0);
            return Ruling.ALLOW;
        } catch (CommandDenied denied) {
            return denied.ruling();
        }
    }

    /** One command line on trial. */
    private final class Judgement {
        private final Places places;
        private int judged;

        Judgement(Places places) {
            this.places = places;
        }

        void all(List<SimpleCommand> commands, int depth) throws CommandDenied {
            if (depth > DEEPEST) {
                throw CommandDenied.unsafe("commands start commands too many times over");
            }
            // The folders first: a line may loop, so that a later cd comes before an earlier write.
            for (var command : commands) {
                enterFolders(command);
            }
            for (var command : commands) {
                if (++judged > MOST_JUDGED) {
                    throw CommandDenied.unsafe("it has too many commands");
                }
                one(command, depth);
            }
        }

        private void enterFolders(SimpleCommand command) throws CommandDenied {
            var words = command.words();
            if (words.isEmpty()
                    || !Set.of("cd", "pushd", "popd").contains(words.getFirst().text())) {
                return;
            }
            var target =
                    words.stream()
                            .skip(1)
                            .filter(word -> !word.text().matches("-[LPe@]+|--"))
                            .findFirst();
            places.enter(target.orElse(Word.UNKNOWN));
        }

        private void one(SimpleCommand command, int depth) throws CommandDenied {
            for (var assignment : command.assignments()) {
                set(assignment.name(), assignment.value());
                places.checkMention(assignment.value(), true);
            }
            for (var redirection : command.redirections()) {
                places.checkRead(redirection.target());
                if (redirection.writes()) {
                    places.checkWrite(redirection.target());
                }
            }
            if (!command.words().isEmpty()) {
                program(command, depth);
            }
        }

        private void set(String name, Word value) throws CommandDenied {
            boolean harmless =
                    value.isLiteral()
                            ? HARMLESS_ASSIGNMENT.matcher(name + "=" + value.text()).matches()
                            : name.equals("IFS");
            if (ChildEnvironment.loads(name) && !harmless) {
                throw CommandDenied.unsafe(
                        "setting " + name + " can make programs load or run something else");
            }
        }

        private void program(SimpleCommand command, int depth) throws CommandDenied {
            var first = command.words().getFirst();
            if (!first.isLiteral()) {
                throw CommandDenied.unsafe(
                        "the name of the command in '"
                                + command.shown()
                                + "' is only known when it runs; write it out");
            }
            if (first.text().isEmpty() || first.text().endsWith("/")) {
                throw CommandDenied.unsafe("a command has no name");
            }
            var name = first.text().substring(first.text().lastIndexOf('/') + 1);
            if (first.text().startsWith("/dev/") || first.text().startsWith("/proc/")) {
                throw CommandDenied.unsafe("'" + first.text() + "' is not a program");
            }
            var arguments = command.words().subList(1, command.words().size());
            builtin(name, arguments);
            for (var word : arguments) {
                places.checkMention(word, READERS.contains(name) || !checksCommands);
            }
            if (name.equals("tee")) {
                for (var word : arguments) {
                    if (!word.text().startsWith("-")) {
                        places.checkWrite(word);
                    }
                }
            }
            git(name, arguments);
            byRules(name, command);
            all(CommandUnwrapper.inside(name, command), depth + 1);
        }

        private void builtin(String name, List<Word> arguments) throws CommandDenied {
            for (var word : arguments) {
                if (LIVE_SUBSCRIPT.matcher(word.text()).find()) {
                    throw CommandDenied.unsafe(
                            "'" + word.shown() + "' could run a command in a subscript");
                }
                if (name.equals("let")
                        && !(word.isLiteral() && SUM.matcher(word.text()).matches())) {
                    throw CommandDenied.unsafe("'" + word.shown() + "' is more than a plain sum");
                }
                if (SETTERS.contains(name)) {
                    var matcher = NAME_FIRST.matcher(word.text());
                    if (matcher.matches()) {
                        var value = matcher.group(2);
                        set(
                                matcher.group(1),
                                word.isLiteral()
                                        ? Word.literal(value == null ? "" : value.substring(1))
                                        : word);
                    }
                }
            }
        }

        private void git(String name, List<Word> arguments) throws CommandDenied {
            List<Word> words;
            if (name.equals("git")) {
                words = arguments;
            } else if (name.startsWith("git-")) {
                var all = new ArrayList<Word>();
                all.add(Word.literal(name.substring("git-".length())));
                all.addAll(arguments);
                words = all;
            } else {
                return;
            }
            for (var action : new GitCommandLine(words, places).actions()) {
                if (git.judge("shell", action) instanceof Ruling.Deny(var rule, var reason)) {
                    throw new CommandDenied(rule, reason);
                }
            }
        }

        private void byRules(String name, SimpleCommand command) throws CommandDenied {
            if (!checksCommands) {
                return;
            }
            var rule = rules.get(name);
            if (rule == null) {
                rule =
                        rules.entrySet().stream()
                                .filter(entry -> entry.getKey().contains("*"))
                                .filter(entry -> Glob.matches(entry.getKey(), name))
                                .map(Map.Entry::getValue)
                                .findFirst()
                                .orElse(null);
            }
            if (rule == null) {
                return;
            }
            var texts = command.words().stream().skip(1).map(Word::text).toList();
            var objection = rule.objection(texts);
            if (objection.isPresent()) {
                throw CommandDenied.unsafe(
                        "'"
                                + name
                                + "' is not allowed here: "
                                + objection.get()
                                + " (POLICY_SAFE_COMMANDS_ENABLED, POLICY_SAFE_COMMANDS_CONFIG)");
            }
        }
    }
}
