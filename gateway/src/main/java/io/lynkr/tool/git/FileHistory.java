package io.lynkr.tool.git;

import io.lynkr.tool.ToolException;
import io.lynkr.workspace.GitCommand;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How often and by whom each file was changed of late.
 *
 * @param commits by file
 * @param authors by file, with how many of the commits are theirs
 */
record FileHistory(Map<String, Integer> commits, Map<String, Map<String, Integer>> authors) {
    private static final int MOST_COMMITS = 2_000;
    private static final String SINCE = "180.days";

    /** Reads half a year of it. */
    static FileHistory of(Repository repository, Set<String> files)
            throws ToolException, InterruptedException {
        var commits = new HashMap<String, Integer>();
        var authors = new HashMap<String, Map<String, Integer>>();
        if (repository.commit("HEAD").isEmpty() || files.isEmpty()) {
            return new FileHistory(commits, authors);
        }
        var words =
                new ArrayList<>(
                        List.of(
                                "log",
                                "-z",
                                "--no-merges",
                                "--no-show-signature",
                                "--no-ext-diff",
                                "--name-only",
                                "--since=" + SINCE,
                                "--max-count=" + MOST_COMMITS,
                                "--format=tformat:%x01%an",
                                "HEAD",
                                "--"));
        words.addAll(files);
        var author = "";
        for (var field :
                repository.must(GitCommand.reading(words.toArray(String[]::new))).fields()) {
            var text = field.startsWith("\n") ? field.substring(1) : field;
            if (text.startsWith("\u0001")) {
                author = text.substring(1);
            } else if (files.contains(text)) {
                commits.merge(text, 1, Integer::sum);
                authors.computeIfAbsent(text, _ -> new HashMap<>()).merge(author, 1, Integer::sum);
            }
        }
        return new FileHistory(commits, authors);
    }

    /** In how many commits a file was changed. */
    int churn(String file) {
        return commits.getOrDefault(file, 0);
    }

    /** Who changed it. */
    Set<String> authors(String file) {
        return new HashSet<>(authors.getOrDefault(file, Map.of()).keySet());
    }

    /** Who made most of its changes. */
    Optional<String> owner(String file) {
        return authors.getOrDefault(file, Map.of()).entrySet().stream()
                .max(
                        Map.Entry.<String, Integer>comparingByValue()
                                .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey);
    }
}
