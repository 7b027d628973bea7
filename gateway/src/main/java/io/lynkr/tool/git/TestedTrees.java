package io.lynkr.tool.git;

import java.io.IOException;

/**
 * Remembers which contents have passed the tests, by the hash that git gives a tree; the oldest are
 * forgotten. Every method throws {@link IOException} if the store cannot be used.
 */
public interface TestedTrees {
    /** So many are remembered. */
    int MOST_TREES = 1_000;

    /** The tests passed with exactly this content, by this command. */
    void passed(String tree, String command) throws IOException;

    /** Whether they did. */
    boolean havePassed(String tree, String command) throws IOException;
}
