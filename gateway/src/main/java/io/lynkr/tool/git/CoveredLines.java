package io.lynkr.tool.git;

import java.util.Map;

/** Knows which lines the tests ran, of the files that were not changed since. */
@FunctionalInterface
public interface CoveredLines {

    /** By file, each line that can run, and whether it did; none of files not known. */
    Map<String, Map<Integer, Boolean>> now();
}
