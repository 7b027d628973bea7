package io.lynkr.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a git command line would do, as the actions that git tools state too. Only git's own
 * commands are known here: any other word may be an alias, which can be anything.
 */
final class GitCommandLine {
    private static final Set<String> PLAIN_OPTIONS =
            Set.of(
                    "-p",
                    "-P",
                    "--paginate",
                    "--no-pager",
                    "--no-replace-objects",
                    "--no-lazy-fetch",
                    "--no-optional-locks",
                    "--no-advice",
                    "--literal-pathspecs",
                    "--glob-pathspecs",
                    "--noglob-pathspecs",
                    "--icase-pathspecs",
                    "--version",
                    "-v",
                    "--help",
                    "-h");

    /** Settings that start nothing and lead nowhere. */
    private static final Pattern HARMLESS_KEY =
            Pattern.compile(
                    "(?i)(user\\.(name|email)|color\\..*|advice\\..*|core\\.(quotepath|autocrlf|"
                        + "safecrlf|abbrev|precomposeunicode)|diff\\.(renames|algorithm|context|"
                        + "noprefix|mnemonicprefix)|log\\.(date|decorate)|merge\\.conflictstyle|"
                        + "init\\.defaultbranch|column\\..*|status\\..*|commit\\.gpgsign|"
                        + "tag\\.gpgsign)=.*|(?i)core\\.pager=(cat)?|(?i)core\\.editor=(true|:)");

    private static final Set<String> READING =
            Set.of(
                    "status",
                    "diff",
                    "log",
                    "show",
                    "blame",
                    "annotate",
                    "ls-files",
                    "ls-tree",
                    "rev-parse",
                    "rev-list",
                    "describe",
                    "shortlog",
                    "cat-file",
                    "diff-tree",
                    "diff-index",
                    "diff-files",
                    "name-rev",
                    "merge-base",
                    "for-each-ref",
                    "show-ref",
                    "grep",
                    "count-objects",
                    "fsck",
                    "check-ignore",
                    "check-attr",
                    "whatchanged",
                    "cherry",
                    "range-diff",
                    "reflog",
                    "help",
                    "version",
                    "show-branch",
                    "verify-commit",
                    "verify-tag",
                    "stripspace",
                    "merge-tree");

    private static final Set<String> CHANGING =
            Set.of(
                    "add",
                    "stage",
                    "rm",
                    "mv",
                    "restore",
                    "checkout",
                    "switch",
                    "branch",
                    "tag",
                    "stash",
                    "reset",
                    "clean",
                    "apply",
                    "merge",
                    "rebase",
                    "worktree",
                    "init",
                    "sparse-checkout",
                    "notes",
                    "gc",
                    "prune",
                    "repack",
                    "pack-refs",
                    "update-index",
                    "write-tree",
                    "read-tree",
                    "checkout-index",
                    "bisect",
                    "rerere",
                    "merge-file",
                    "format-patch",
                    "archive",
                    "hash-object",
                    "symbolic-ref",
                    "bundle");

    private static final Set<String> COMMITTING =
            Set.of(
                    "commit",
                    "commit-tree",
                    "fast-import",
                    "cherry-pick",
                    "revert",
                    "am",
                    "update-ref",
                    "replace");

    private static final Set<String> PUSHING =
            Set.of(
                    "push",
                    "send-pack",
                    "http-push",
                    "receive-pack",
                    "remote-http",
                    "remote-https",
                    "remote-ftp",
                    "remote-ftps",
                    "remote-ext",
                    "remote-fd",
                    "svn",
                    "p4",
                    "send-email",
                    "imap-send",
                    "subtree",
                    "lfs",
                    "cvsexportcommit");

    private static final Set<String> PULLING =
            Set.of("pull", "fetch", "clone", "ls-remote", "fetch-pack", "http-fetch");

    /** Options that run a program or write a file, whatever command they belong to. */
    private static final List<String> RUNNING =
            List.of(
                    "--upload-pack",
                    "--receive-pack",
                    "--exec",
                    "--output",
                    "--ext-diff",
                    "--textconv",
                    "--open-files-in-pager",
                    "--template",
                    "--separate-git-dir",
                    "--config",
                    "--extcmd",
                    "--server-option",
                    "--remote",
                    "--interactive",
                    "--recurse-submodules");

    /** Whole options that are the beginning of one above. */
    private static final Set<String> NOT_RUNNING = Set.of("--int", "--remotes", "--exclude");

    private static final Map<String, Pattern> NOT_BY_SHELL =
            Map.of(
                    "reset", Pattern.compile("--h.*"),
                    "clean", Pattern.compile("-[a-zA-Z]*[fdxX].*|--f.*"),
                    "push", Pattern.compile("-[a-zA-Z]*[fd].*|--(f|del|mir|pru).*|\\+.*|:.*"),
                    "rebase", Pattern.compile("-[a-zA-Z]*[xi].*"),
                    "grep", Pattern.compile("-O.*"),
                    "clone", Pattern.compile("-[uc].*"),
                    "bisect", Pattern.compile("run|visualize|view"),
                    "am", Pattern.compile("-i"),
                    "archive", Pattern.compile("-o.*"));

    private final List<Word> words;
    private final Places places;

    /**
     * A command line to be understood.
     *
     * @param words what comes after {@code git}
     */
    GitCommandLine(List<Word> words, Places places) {
        this.words = words;
        this.places = places;
    }

    /** All that it does; nothing if it only prints its version. */
    List<Action> actions() throws CommandDenied {
        int at = 0;
        for (; at < words.size(); at++) {
            var word = known(words.get(at));
            if (word.equals("-C")) {
                places.requireInside(argument(++at));
            } else if (word.equals("-c")) {
                checkKey(known(argument(++at)));
            } else if (word.startsWith("-") && !PLAIN_OPTIONS.contains(word)) {
                throw CommandDenied.unsafe(
                        "git's option "
                                + word
                                + " is not allowed; run git in the workspace as it is");
            } else if (!word.startsWith("-")) {
                break;
            }
        }
        if (at >= words.size()) {
            return List.of();
        }
        return actions(words.get(at).text(), words.subList(at + 1, words.size()));
    }

    private Word argument(int at) throws CommandDenied {
        if (at >= words.size()) {
            throw CommandDenied.unsafe("a git option has no value");
        }
        return words.get(at);
    }

    private static String known(Word word) throws CommandDenied {
        if (!word.isLiteral()) {
            throw CommandDenied.unsafe(
                    "what git would do is only known when it runs ('" + word.shown() + "')");
        }
        return word.text();
    }

    private static void checkKey(String assignment) throws CommandDenied {
        if (!HARMLESS_KEY.matcher(assignment).matches()) {
            throw CommandDenied.unsafe(
                    "git's -c "
                            + assignment.replaceFirst("=.*", "")
                            + " can run programs or change what git does, so it is not allowed");
        }
    }

    private static List<Action> actions(String command, List<Word> arguments) throws CommandDenied {
        if (PUSHING.contains(command)) {
            checkOptions(command, arguments);
            return List.of(new Action.GitPush(operand(arguments, 0), operand(arguments, 1), false));
        }
        checkOptions(command, arguments);
        if (READING.contains(command)) {
            return List.of(new Action.GitRead(command));
        }
        if (CHANGING.contains(command)) {
            return List.of(new Action.GitChange(command));
        }
        if (COMMITTING.contains(command)) {
            return List.of(
                    new Action.GitCommit(
                            command.equals("commit") ? message(arguments) : Optional.empty()));
        }
        if (PULLING.contains(command)) {
            return List.of(new Action.GitPull(operand(arguments, 0), operand(arguments, 1)));
        }
        return switch (command) {
            case "config" -> config(arguments);
            case "remote" -> remote(arguments);
            case "submodule" -> submodule(arguments);
            default ->
                    throw CommandDenied.unsafe(
                            "'git "
                                    + command
                                    + "' is not one of the git commands that are known to be safe;"
                                    + " an alias could be anything");
        };
    }

    private static List<Action> config(List<Word> arguments) throws CommandDenied {
        boolean reads =
                !arguments.isEmpty()
                        && arguments.stream()
                                .map(Word::text)
                                .anyMatch(w -> w.matches("--get.*|--list|-l|get|list"))
                        && arguments.stream()
                                .map(Word::text)
                                .noneMatch(
                                        w ->
                                                w.matches(
                                                        "-e|--e.*|--unset.*|--add|--replace.*|set|edit|--re.*"));
        if (!reads) {
            throw CommandDenied.unsafe(
                    "git config may only be read (--get, --list); settings of git can run"
                            + " programs");
        }
        return List.of(new Action.GitRead("config"));
    }

    private static List<Action> remote(List<Word> arguments) throws CommandDenied {
        var verb = operand(arguments, 0);
        return switch (verb) {
            case "", "get-url" -> List.of(new Action.GitRead("remote"));
            case "show", "update", "prune" ->
                    List.of(new Action.GitPull(operand(arguments, 1), ""));
            default ->
                    throw CommandDenied.unsafe(
                            "'git remote "
                                    + verb
                                    + "' changes where git sends things; leave it to the user");
        };
    }

    private static List<Action> submodule(List<Word> arguments) throws CommandDenied {
        var verb = operand(arguments, 0);
        if (verb.isEmpty() || verb.equals("status") || verb.equals("summary")) {
            return List.of(new Action.GitRead("submodule"));
        }
        throw CommandDenied.unsafe(
                "'git submodule " + verb + "' can run and fetch anything; leave it to the user");
    }

    private static void checkOptions(String command, List<Word> arguments) throws CommandDenied {
        var notByShell = NOT_BY_SHELL.get(command);
        for (var word : arguments) {
            var text = word.text();
            if (text.equals("--")) {
                return;
            }
            if (notByShell != null && notByShell.matcher(text).matches()) {
                throw CommandDenied.unsafe(
                        "'git "
                                + command
                                + " "
                                + word.shown()
                                + "' is not allowed; it loses work or runs programs");
            }
            if (isRunning(text) && !(command.equals("branch") && text.startsWith("--rem"))) {
                throw CommandDenied.unsafe(
                        "git's option "
                                + word.shown()
                                + " can run programs or write files elsewhere");
            }
        }
    }

    /** git takes any beginning of an option that means only one. */
    private static boolean isRunning(String word) {
        if (!word.startsWith("--") || word.length() < 4) {
            return false;
        }
        var name = word.replaceFirst("=.*", "");
        return !NOT_RUNNING.contains(name)
                && RUNNING.stream()
                        .anyMatch(
                                option -> option.startsWith(name) || (name.indexOf(Word.GAP) >= 0));
    }

    /** The n-th word that is no option; empty if there is none. */
    private static String operand(List<Word> arguments, int index) {
        return arguments.stream()
                .map(Word::text)
                .filter(word -> !word.startsWith("-"))
                .skip(index)
                .findFirst()
                .orElse("");
    }

    private static Optional<String> message(List<Word> arguments) {
        var parts = new ArrayList<String>();
        for (int at = 0; at < arguments.size(); at++) {
            var word = arguments.get(at);
            if (word.text().matches("-[a-zA-Z]*m|--me[a-z]*") && at + 1 < arguments.size()) {
                word = arguments.get(++at);
                parts.add(word.text());
            } else if (word.text().matches("(?s)--me[a-z]*=.*")) {
                parts.add(word.text().substring(word.text().indexOf('=') + 1));
            } else if (word.text().matches("(?s)-[a-ln-zA-Z]*m.+")) {
                parts.add(word.text().substring(word.text().indexOf('m') + 1));
            } else if (word.text()
                    .matches(
                            "(?s)-[a-zA-Z]*[FCct].*|--(file|reuse|reedit|fixup|squash|templ|edit).*")) {
                return Optional.empty();
            } else {
                continue;
            }
            if (!word.isLiteral()) {
                return Optional.empty();
            }
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("\n\n", parts));
    }
}
