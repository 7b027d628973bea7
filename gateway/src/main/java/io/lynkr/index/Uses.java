package io.lynkr.index;

import java.util.List;

/**
 * Where something is used.
 *
 * @param targets the definitions that were meant
 * @param hits those that are certain first, then by path and line
 * @param nameOnly how many more lines have the name and may mean something else
 */
public record Uses(List<Place> targets, List<Hit> hits, int nameOnly) {
    /**
     * A line that uses it.
     *
     * @param within the definition that it is in; empty at the top of a file
     */
    public record Hit(String path, int line, Certainty certainty, String within, String text) {}

    public Uses {
        targets = List.copyOf(targets);
        hits = List.copyOf(hits);
    }
}
