package io.lynkr.store.sqlite;

import io.lynkr.store.SqlTestRunStore;
import io.lynkr.tool.test.TestRunStore;
import io.lynkr.tool.test.TestRunStoreContract;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

class SqliteTestRunStoreTest extends TestRunStoreContract {
    private final List<SqliteDatabase> databases = new ArrayList<>();

    @TempDir private Path folder;

    @Override
    protected TestRunStore store() {
        var database =
                new SqliteDatabase(folder.resolve(databases.size() + ".db"), Clock.systemUTC());
        databases.add(database);
        return new SqlTestRunStore(database, "/a/workspace");
    }

    @AfterEach
    void close() {
        databases.forEach(SqliteDatabase::close);
    }
}
