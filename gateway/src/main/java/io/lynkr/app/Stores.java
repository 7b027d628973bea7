package io.lynkr.app;

import io.lynkr.observability.HealthCheck;
import io.lynkr.session.SessionStore;
import io.lynkr.store.Database;
import io.lynkr.store.StoreSettings;
import io.lynkr.store.memory.MemoryDiffCommentStore;
import io.lynkr.store.memory.MemoryEditStore;
import io.lynkr.store.memory.MemorySessionStore;
import io.lynkr.store.memory.MemoryTaskStore;
import io.lynkr.store.memory.MemoryTestRunStore;
import io.lynkr.store.memory.MemoryTestedTrees;
import io.lynkr.store.postgres.PostgresDatabase;
import io.lynkr.store.postgres.PostgresEditStore;
import io.lynkr.store.postgres.PostgresSessionStore;
import io.lynkr.store.postgres.PostgresTaskStore;
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
import java.util.List;
import java.util.Optional;

/** What is kept, and where. A new kind of stored thing is one line for each kind of storage. */
record Stores(
        EditStore edits,
        TaskStore tasks,
        SessionStore sessions,
        TestRunStore testRuns,
        TestedTrees testedTrees,
        DiffCommentStore comments,
        Optional<Database> database)
        implements AutoCloseable {
    /** What sessions may fill of the heap where they are kept in memory only. */
    private static final int HEAP_SHARE = 16;

    /**
     * Opens nothing yet: a gateway that nobody uses leaves no file.
     *
     * @param workspace whose edits and tasks these are
     */
    static Stores of(StoreSettings settings, Path workspace, Clock clock) {
        var owner = workspace.toString();
        if (settings.shared().isPresent()) {
            var database =
                    new PostgresDatabase(settings.shared().get(), settings.connections(), clock);
            return new Stores(
                    new PostgresEditStore(database, owner),
                    new PostgresTaskStore(database, owner),
                    new PostgresSessionStore(database),
                    new MemoryTestRunStore(),
                    new MemoryTestedTrees(),
                    new MemoryDiffCommentStore(),
                    Optional.of(database));
        }
        if (settings.file().isPresent()) {
            var database = new SqliteDatabase(settings.file().get(), clock);
            return new Stores(
                    new SqliteEditStore(database, owner),
                    new SqliteTaskStore(database, owner),
                    new SqliteSessionStore(database),
                    new SqliteTestRunStore(database, owner),
                    new SqliteTestedTrees(database, owner),
                    new SqliteDiffCommentStore(database, owner),
                    Optional.of(database));
        }
        return new Stores(
                new MemoryEditStore(),
                new MemoryTaskStore(),
                new MemorySessionStore(Runtime.getRuntime().maxMemory() / HEAP_SHARE),
                new MemoryTestRunStore(),
                new MemoryTestedTrees(),
                new MemoryDiffCommentStore(),
                Optional.empty());
    }

    /** Looks after the database, where there is one. */
    List<HealthCheck> health() {
        return database.<HealthCheck>map(DatabaseHealth::new).stream().toList();
    }

    @Override
    public void close() {
        database.ifPresent(Database::close);
    }
}
