package io.lynkr.tool.test;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonNumber;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;
import io.lynkr.tool.test.FileCoverage.Kind;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the tests covered.
 *
 * @param sources the files that it was read from
 * @param files by name; of one that several reports tell of, the report with lines counts
 * @param notes what could not be read, and why
 */
record Coverage(List<String> sources, Map<String, FileCoverage> files, List<String> notes) {
    private static final int MOST_FILES = 100;
    private static final int MOST_LINES = 50;

    Coverage {
        sources = List.copyOf(sources);
        files = Map.copyOf(files);
        notes = List.copyOf(notes);
    }

    /** Sums over all files. */
    Map<Kind, Tally> totals() {
        var totals = new EnumMap<Kind, Tally>(Kind.class);
        for (var file : files.values()) {
            file.tallies().forEach((kind, tally) -> totals.merge(kind, tally, Tally::plus));
        }
        return totals;
    }

    /**
     * For a result: {@code {sources[], summary, files[], changed_lines?, notes?}}, the least
     * covered files first.
     *
     * @param changed lines by file
     */
    JsonObject json(Map<String, Set<Integer>> changed) {
        JsonValue summary = files.isEmpty() ? JsonNull.NULL : FileCoverage.json(totals());
        var worst =
                files.values().stream()
                        .sorted(
                                Comparator.comparing(
                                                (FileCoverage file) ->
                                                        file.tallies()
                                                                .getOrDefault(
                                                                        Kind.LINES, Tally.NONE)
                                                                .percent())
                                        .thenComparing(FileCoverage::file))
                        .limit(MOST_FILES)
                        .map(FileCoverage::json)
                        .toList();
        var json =
                JsonObject.of("sources", JsonArray.ofStrings(sources))
                        .with("summary", summary)
                        .with("files", JsonArray.copyOf(worst));
        if (files.values().stream().anyMatch(file -> !file.lines().isEmpty())) {
            json = json.with("changed_lines", changedLines(changed));
        }
        return notes.isEmpty() ? json : json.with("notes", JsonArray.ofStrings(notes));
    }

    /** {@code {total, covered, pct, uncovered[{file, lines[]}]}}. */
    private JsonObject changedLines(Map<String, Set<Integer>> changed) {
        var all = Tally.NONE;
        var uncovered = new ArrayList<JsonObject>();
        for (var file : changed(changed).entrySet()) {
            int total = file.getValue().size();
            var missed =
                    file.getValue().entrySet().stream()
                            .filter(it -> !it.getValue())
                            .map(Map.Entry::getKey)
                            .sorted()
                            .toList();
            all = all.plus(new Tally(total, total - missed.size()));
            if (!missed.isEmpty()) {
                uncovered.add(
                        JsonObject.of("file", file.getKey())
                                .with(
                                        "lines",
                                        JsonArray.copyOf(
                                                missed.stream()
                                                        .limit(MOST_LINES)
                                                        .map(JsonNumber::of)
                                                        .toList())));
            }
        }
        return all.json().with("uncovered", JsonArray.copyOf(uncovered));
    }

    /** Of the changed lines those that can run, and whether they did. */
    private Map<String, Map<Integer, Boolean>> changed(Map<String, Set<Integer>> changed) {
        var known = new LinkedHashMap<String, Map<Integer, Boolean>>();
        changed.forEach(
                (name, numbers) -> {
                    var file = files.get(name);
                    if (file != null) {
                        var lines = new LinkedHashMap<>(file.lines());
                        lines.keySet().retainAll(numbers);
                        if (!lines.isEmpty()) {
                            known.put(name, lines);
                        }
                    }
                });
        return known;
    }
}
