package io.lynkr.tool.git;

/** Remembers which contents have passed the tests, by the hash that git gives a tree. */
public interface TestedTrees {

    /** The tests passed with exactly this content, by this command. */
    void passed(String tree, String command);

    /** Whether they did. */
    boolean havePassed(String tree, String command);
}
