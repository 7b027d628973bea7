package io.lynkr.tool.test;

import io.lynkr.json.JsonObject;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of one file the tests ran.
 *
 * @param file relative to the workspace if it lies there, else as the report names it
 * @param tallies of what the report counts
 * @param lines each line that can run, and whether it did; empty if the report only counts
 */
record FileCoverage(String file, Map<Kind, Tally> tallies, Map<Integer, Boolean> lines) {

    /** What can be covered. */
    enum Kind {
        LINES("lines"),
        STATEMENTS("statements"),
        BRANCHES("branches"),
        FUNCTIONS("functions");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    FileCoverage {
        tallies = Map.copyOf(tallies);
        lines = Map.copyOf(lines);
    }

    FileCoverage named(String other) {
        return new FileCoverage(other, tallies, lines);
    }

    JsonObject json() {
        return json(tallies).with("file", file);
    }

    static JsonObject json(Map<Kind, Tally> tallies) {
        var json = JsonObject.EMPTY;
        for (var kind : Kind.values()) {
            var tally = tallies.getOrDefault(kind, Tally.NONE);
            if (!tally.isNone()) {
                json = json.with(kind.word(), tally.json());
            }
        }
        return json;
    }

    /** Collects what a report tells of a file. */
    static final class Builder {
        private final Map<Kind, Tally> tallies = new EnumMap<>(Kind.class);
        private final Map<Integer, Boolean> lines = new TreeMap<>();

        /** A line may be told of several times, and was run if one of them says so. */
        void line(int number, boolean covered) {
            if (number > 0) {
                lines.merge(number, covered, Boolean::logicalOr);
            }
        }

        void add(Kind kind, int total, int covered) {
            tallies.merge(kind, new Tally(total, covered), Tally::plus);
        }

        FileCoverage build(String file) {
            if (!lines.isEmpty()) {
                int covered = (int) lines.values().stream().filter(it -> it).count();
                tallies.put(Kind.LINES, new Tally(lines.size(), covered));
            }
            return new FileCoverage(file, tallies, lines);
        }
    }
}
