package io.lynkr.tool.git;

import java.util.LinkedHashSet;
import java.util.Set;

/** Remembers for as long as the gateway runs, and only the last ones. */
public final class MemoryTestedTrees implements TestedTrees {
    private static final int MOST = 1000;

    private record Passed(String tree, String command) {}

    /** The oldest come first. Guarded by itself. */
    private final Set<Passed> known = new LinkedHashSet<>();

    @Override
    public void passed(String tree, String command) {
        synchronized (known) {
            known.add(new Passed(tree, command));
            if (known.size() > MOST) {
                known.remove(known.iterator().next());
            }
        }
    }

    @Override
    public boolean havePassed(String tree, String command) {
        synchronized (known) {
            return known.contains(new Passed(tree, command));
        }
    }
}
