package io.lynkr.store.memory;

import io.lynkr.tool.git.TestedTrees;

import java.util.LinkedHashSet;
import java.util.Set;

/** Tested contents in memory. Guarded by itself. */
public final class MemoryTestedTrees implements TestedTrees {
    private record Passed(String tree, String command) {}

    /** The oldest come first. */
    private final Set<Passed> known = new LinkedHashSet<>();

    @Override
    public synchronized void passed(String tree, String command) {
        var passed = new Passed(tree, command);
        known.remove(passed);
        known.add(passed);
        if (known.size() > MOST_TREES) {
            known.remove(known.iterator().next());
        }
    }

    @Override
    public synchronized boolean havePassed(String tree, String command) {
        return known.contains(new Passed(tree, command));
    }
}
