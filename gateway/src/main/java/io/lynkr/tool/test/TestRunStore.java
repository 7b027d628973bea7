package io.lynkr.tool.test;

import java.io.IOException;
import java.util.List;

/**
 * The test runs of one workspace. It keeps the newest; older ones are forgotten. Every method
 * throws {@link IOException} if the store cannot be used.
 */
public interface TestRunStore {
    /** So many runs are kept. */
    int MOST_RUNS = 500;

    /** How many runs are kept, and how many of them passed. */
    record Totals(long runs, long passed) {}

    /** Keeps a run; it is safe when this returns. */
    TestRun add(TestRun run) throws IOException;

    /** The newest first. */
    List<TestRun> latest(int most) throws IOException;

    Totals totals() throws IOException;
}
