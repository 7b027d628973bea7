package io.lynkr.tool.git;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Commits under headings, in Markdown. */
final class Sections {
    private static final Map<String, String> NOTES =
            inOrder(
                    "feat=Features",
                    "fix=Fixes",
                    "perf=Performance",
                    "revert=Reverts",
                    "security=Security",
                    "docs=Documentation",
                    "refactor=Inside",
                    "style=Inside",
                    "test=Tests",
                    "build=Build",
                    "ci=Build",
                    "chore=Chores",
                    "=Other changes");

    /** The headings of keepachangelog.com. */
    private static final Map<String, String> CHANGELOG =
            inOrder(
                    "feat=Added",
                    "perf=Changed",
                    "refactor=Changed",
                    "deprecate=Deprecated",
                    "remove=Removed",
                    "fix=Fixed",
                    "security=Security",
                    "=Changed");

    private Sections() {}

    private static Map<String, String> inOrder(String... pairs) {
        var map = new LinkedHashMap<String, String>();
        for (var pair : pairs) {
            map.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return map;
    }

    /** All that happened, what breaks first. */
    static String notes(List<ConventionalCommit> commits) {
        return breaking(commits, "## ")
                + under(commits, "## ", NOTES, it -> heading(NOTES, it, "Other changes"));
    }

    /** What users see; work on tests, documents and the build is left out. */
    static String changelog(List<ConventionalCommit> commits) {
        var visible =
                commits.stream()
                        .filter(
                                it ->
                                        CHANGELOG.containsKey(it.type())
                                                || !NOTES.containsKey(it.type())
                                                || it.type().equals("revert")
                                                || it.breaking().isPresent())
                        .toList();
        return breaking(commits, "### ")
                + under(visible, "### ", CHANGELOG, it -> heading(CHANGELOG, it, "Changed"));
    }

    private static String heading(
            Map<String, String> headings, ConventionalCommit commit, String other) {
        return headings.getOrDefault(commit.type(), other);
    }

    private static String breaking(List<ConventionalCommit> commits, String mark) {
        var lines =
                commits.stream()
                        .flatMap(
                                it ->
                                        it.breaking().stream()
                                                .map(
                                                        what ->
                                                                "- %s (%s)"
                                                                        .formatted(
                                                                                what,
                                                                                it.commit()
                                                                                        .shortHash())))
                        .collect(Collectors.joining("\n"));
        return lines.isEmpty() ? "" : mark + "Breaking changes\n\n" + lines + "\n\n";
    }

    private static String under(
            List<ConventionalCommit> commits,
            String mark,
            Map<String, String> headings,
            Function<ConventionalCommit, String> heading) {
        var groups = commits.stream().collect(Collectors.groupingBy(heading));
        return headings.values().stream()
                .distinct()
                .filter(groups::containsKey)
                .map(
                        name ->
                                mark
                                        + name
                                        + "\n\n"
                                        + groups.getOrDefault(name, List.of()).stream()
                                                .map(ConventionalCommit::entry)
                                                .collect(Collectors.joining("\n"))
                                        + "\n")
                .collect(Collectors.joining("\n"));
    }
}
