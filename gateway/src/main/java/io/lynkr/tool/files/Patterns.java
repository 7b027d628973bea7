package io.lynkr.tool.files;

import io.lynkr.workspace.Glob;
import io.lynkr.workspace.WorkspacePath;

import java.util.ArrayList;
import java.util.List;

/**
 * Which paths are meant. A pattern without a slash is for names at any depth, another one for whole
 * paths; {@code {a,b}} stands for either.
 *
 * @param wanted at least one matches; none for all paths
 * @param unwanted none matches the path or a folder that it is in
 */
record Patterns(List<String> wanted, List<String> unwanted) {
    private static final int MOST = 200;
    private static final int LONGEST = 1_000;

    Patterns(List<String> wanted, List<String> unwanted) {
        this.wanted = expanded(wanted);
        this.unwanted = expanded(unwanted);
    }

    boolean want(WorkspacePath path) {
        return (wanted.isEmpty() || anyMatches(wanted, path)) && !isUnwanted(path);
    }

    private boolean isUnwanted(WorkspacePath path) {
        if (unwanted.isEmpty()) {
            return false;
        }
        for (var part = path; !part.isRoot(); part = part.parent()) {
            if (anyMatches(unwanted, part)) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyMatches(List<String> patterns, WorkspacePath path) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, path));
    }

    private static boolean matches(String pattern, WorkspacePath path) {
        if (pattern.startsWith("/")) {
            return Glob.matches(pattern.substring(1), path.toString());
        }
        return Glob.matches(pattern, pattern.contains("/") ? path.toString() : path.name());
    }

    private static List<String> expanded(List<String> patterns) {
        var all = new ArrayList<String>();
        patterns.forEach(pattern -> expand(plain(pattern), all));
        return List.copyOf(all);
    }

    /** A leading {@code ./} or {@code /} means the workspace's root, a trailing slash nothing. */
    private static String plain(String pattern) {
        var text = pattern.strip();
        if (text.startsWith("./")) {
            text = text.substring(1);
        }
        return text.length() > 1 && text.endsWith("/")
                ? text.substring(0, text.length() - 1)
                : text;
    }

    private static void expand(String pattern, List<String> all) {
        int close = pattern.indexOf('}');
        int open = close < 0 ? -1 : pattern.lastIndexOf('{', close);
        if (open < 0 || all.size() >= MOST || pattern.length() > LONGEST) {
            all.add(pattern);
            return;
        }
        for (var choice : pattern.substring(open + 1, close).split(",", -1)) {
            expand(pattern.substring(0, open) + choice + pattern.substring(close + 1), all);
        }
    }
}
