package io.lynkr.tool.test;

import java.util.Map;
import java.util.Set;

/** Knows which lines differ from the last commit. */
@FunctionalInterface
public interface ChangedLines {

    /** Their numbers by file; none if it cannot be told, as without a repository. */
    Map<String, Set<Integer>> now() throws InterruptedException;
}
