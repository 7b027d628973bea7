package io.lynkr.store.sqlite;

import io.lynkr.store.SqlTaskStore;
import io.lynkr.tool.task.TaskStore;
import io.lynkr.tool.task.TaskStoreContract;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

class SqliteTaskStoreTest extends TaskStoreContract {
    private final List<SqliteDatabase> databases = new ArrayList<>();

    @TempDir private Path folder;

    @Override
    protected TaskStore store() {
        var database =
                new SqliteDatabase(folder.resolve(databases.size() + ".db"), Clock.systemUTC());
        databases.add(database);
        return new SqlTaskStore(database, "/a/workspace");
    }

    @AfterEach
    void close() {
        databases.forEach(SqliteDatabase::close);
    }
}
