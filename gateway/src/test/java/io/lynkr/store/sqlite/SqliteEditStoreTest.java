package io.lynkr.store.sqlite;

import io.lynkr.store.SqlEditStore;
import io.lynkr.tool.edit.EditStore;
import io.lynkr.tool.edit.EditStoreContract;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

class SqliteEditStoreTest extends EditStoreContract {
    private final List<SqliteDatabase> databases = new ArrayList<>();

    @TempDir private Path folder;

    @Override
    protected EditStore store() {
        var database =
                new SqliteDatabase(folder.resolve(databases.size() + ".db"), Clock.systemUTC());
        databases.add(database);
        return new SqlEditStore(database, "/a/workspace");
    }

    @AfterEach
    void close() {
        databases.forEach(SqliteDatabase::close);
    }
}
