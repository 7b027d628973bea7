package io.lynkr.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lines of one {@code .gitignore}, read as git reads them.
 *
 * @param folder where the file is; its patterns are relative to it
 */
record IgnoreRules(WorkspacePath folder, List<Rule> rules) {
    private static final int MOST_RULES = 5_000;

    record Rule(String glob, boolean keeps, boolean foldersOnly) {
        private static final String ANYWHERE = "**/";

        /** Most rules are a name or an ending, for which nothing has to be tried out. */
        boolean matches(String name, String relative) {
            if (glob.startsWith(ANYWHERE)) {
                var wanted = glob.substring(ANYWHERE.length());
                if (isPlain(wanted)) {
                    return name.equals(wanted);
                }
                if (wanted.startsWith("*") && isPlain(wanted.substring(1))) {
                    return name.endsWith(wanted.substring(1));
                }
            }
            return Glob.matches(glob, relative);
        }

        private static boolean isPlain(String text) {
            for (int i = 0; i < text.length(); i++) {
                if ("*?[]\\/{}".indexOf(text.charAt(i)) >= 0) {
                    return false;
                }
            }
            return !text.isEmpty();
        }
    }

    IgnoreRules {
        rules = List.copyOf(rules);
    }

    static IgnoreRules parse(WorkspacePath folder, String text) {
        var rules = new ArrayList<Rule>();
        text.lines().limit(MOST_RULES).forEach(line -> rule(line).ifPresent(rules::add));
        return new IgnoreRules(folder, rules);
    }

    private static Optional<Rule> rule(String line) {
        var glob = withoutTrailingBlanks(line);
        if (glob.isEmpty() || glob.startsWith("#")) {
            return Optional.empty();
        }
        boolean keeps = glob.startsWith("!");
        if (keeps) {
            glob = glob.substring(1);
        }
        boolean foldersOnly = glob.endsWith("/");
        if (foldersOnly) {
            glob = glob.substring(0, glob.length() - 1);
        }
        if (glob.isEmpty()) {
            return Optional.empty();
        }
        if (!glob.contains("/")) {
            glob = "**/" + glob;
        } else if (glob.startsWith("/")) {
            glob = glob.substring(1);
        }
        return Optional.of(new Rule(glob, keeps, foldersOnly));
    }

    private static String withoutTrailingBlanks(String line) {
        int end = line.length();
        while (end > 0
                && line.charAt(end - 1) == ' '
                && (end < 2 || line.charAt(end - 2) != '\\')) {
            end--;
        }
        return line.substring(0, end);
    }

    /** True: ignored; false: kept on purpose; empty: nothing is said about it. */
    Optional<Boolean> says(WorkspacePath path, boolean isFolder) {
        var names = path.names().subList(folder.names().size(), path.names().size());
        var relative = String.join("/", names);
        for (var rule : rules.reversed()) {
            if ((isFolder || !rule.foldersOnly()) && rule.matches(path.name(), relative)) {
                return Optional.of(!rule.keeps());
            }
        }
        return Optional.empty();
    }
}
