package io.lynkr.tool.test;

import java.util.Optional;

/** Knows the content of the workspace by its hash, and remembers which content passed the tests. */
public interface TestedContent {

    /** What lies in the workspace now; empty if it cannot be told, as without a repository. */
    Optional<String> now() throws InterruptedException;

    /**
     * The tests passed with exactly this content.
     *
     * @param line that was run, as one would type it
     * @return whether that counts before a commit: it does if it is the line that the policy wants
     */
    boolean passed(String content, String line);
}
