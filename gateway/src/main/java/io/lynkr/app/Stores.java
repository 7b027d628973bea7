package io.lynkr.app;

import io.lynkr.observability.HealthCheck;
import io.lynkr.session.SessionStore;
import io.lynkr.store.Database;
import io.lynkr.store.SqlDatabase;
import io.lynkr.store.SqlDiffCommentStore;
import io.lynkr.store.SqlEditStore;
import io.lynkr.store.SqlSessionStore;
import io.lynkr.store.SqlTaskStore;
import io.lynkr.store.SqlTestRunStore;
import io.lynkr.store.SqlTestedTrees;
import io.lynkr.store.StoreSettings;
import io.lynkr.store.memory.MemoryDiffCommentStore;
import io.lynkr.store.memory.MemoryEditStore;
import io.lynkr.store.memory.MemorySessionStore;
import io.lynkr.store.memory.MemoryTaskStore;
import io.lynkr.store.memory.MemoryTestRunStore;
import io.lynkr.store.memory.MemoryTestedTrees;
import io.lynkr.store.postgres.PostgresDatabase;
import io.lynkr.store.sqlite.SqliteDatabase;
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
        return database(settings, clock)
                .map(database -> in(database, workspace.toString()))
                .orElseGet(Stores::inMemory);
    }

    private static Optional<SqlDatabase> database(StoreSettings settings, Clock clock) {
        return settings.shared()
                .<SqlDatabase>map(url -> new PostgresDatabase(url, settings.connections(), clock))
                .or(() -> settings.file().map(file -> new SqliteDatabase(file, clock)));
    }

    private static Stores in(SqlDatabase database, String owner) {
        return new Stores(
                new SqlEditStore(database, owner),
                new SqlTaskStore(database, owner),
                new SqlSessionStore(database),
                new SqlTestRunStore(database, owner),
                new SqlTestedTrees(database, owner),
                new SqlDiffCommentStore(database, owner),
                Optional.of(database));
    }

    private static Stores inMemory() {
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
