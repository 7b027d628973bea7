package io.lynkr.app;

import io.lynkr.session.SessionStore;
import io.lynkr.store.StoreSettings;
import io.lynkr.store.memory.MemoryDiffCommentStore;
import io.lynkr.store.memory.MemoryEditStore;
import io.lynkr.store.memory.MemorySessionStore;
import io.lynkr.store.memory.MemoryTaskStore;
import io.lynkr.store.memory.MemoryTestRunStore;
import io.lynkr.store.memory.MemoryTestedTrees;
import io.lynkr.store.sqlite.SqliteDatabase;
import io.lynkr.store.sqlite.SqliteDiffCommentStore;
import io.lynkr.store.sqlite.SqliteEditStore;
import io.lynkr.store.sqlite.SqliteSessionStore;
import io.lynkr.store.sqlite.SqliteTaskStore;
import io.lynkr.store.sqlite.SqliteTestRunStore;
import io.lynkr.store.sqlite.SqliteTestedTrees;
import io.lynkr.tool.edit.EditStore;
import io.lynkr.tool.git.DiffCommentStore;
import io.lynkr.tool.git.TestedTrees;
import io.lynkr.tool.task.TaskStore;
import io.lynkr.tool.test.TestRunStore;

import java.nio.file.Path;
import java.time.Clock;

/** What is kept, and where. A new kind of stored thing is one line for each kind of storage. */
record Stores(
        EditStore edits,
        TaskStore tasks,
        SessionStore sessions,
        TestRunStore testRuns,
        TestedTrees testedTrees,
        DiffCommentStore comments,
        Runnable closing)
        implements AutoCloseable {
    /** What sessions may fill of the heap where they are kept in memory only. */
    private static final int HEAP_SHARE = 16;

    /**
     * Opens nothing yet: a gateway that nobody uses leaves no file.
     *
     * @param workspace whose edits and tasks these are
     */
    static Stores of(StoreSettings settings, Path workspace, Clock clock) {
        if (settings.file().isEmpty()) {
            return new Stores(
                    new MemoryEditStore(),
                    new MemoryTaskStore(),
                    new MemorySessionStore(Runtime.getRuntime().maxMemory() / HEAP_SHARE),
                    new MemoryTestRunStore(),
                    new MemoryTestedTrees(),
                    new MemoryDiffCommentStore(),
                    () -> {});
        }
        var database = new SqliteDatabase(settings.file().get(), clock);
        var owner = workspace.toString();
        return new Stores(
                new SqliteEditStore(database, owner),
                new SqliteTaskStore(database, owner),
                new SqliteSessionStore(database),
                new SqliteTestRunStore(database, owner),
                new SqliteTestedTrees(database, owner),
                new SqliteDiffCommentStore(database, owner),
                database::close);
    }

    @Override
    public void close() {
        closing.run();
    }
}
