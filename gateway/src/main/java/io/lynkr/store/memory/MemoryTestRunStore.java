package io.lynkr.store.memory;

import io.lynkr.tool.test.TestRun;
import io.lynkr.tool.test.TestRunStore;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Test runs in memory. Guarded by itself. */
public final class MemoryTestRunStore implements TestRunStore {
    /** The newest first. */
    private final Deque<TestRun> runs = new ArrayDeque<>();

    private long lastId;

    @Override
    public synchronized TestRun add(TestRun run) {
        var kept = run.withId(++lastId);
        runs.addFirst(kept);
        if (runs.size() > MOST_RUNS) {
            runs.removeLast();
        }
        return kept;
    }

    @Override
    public synchronized List<TestRun> latest(int most) {
        return runs.stream().limit(most).toList();
    }

    @Override
    public synchronized Totals totals() {
        long passed = runs.stream().filter(run -> run.status().equals("passed")).count();
        return new Totals(runs.size(), passed);
    }
}
