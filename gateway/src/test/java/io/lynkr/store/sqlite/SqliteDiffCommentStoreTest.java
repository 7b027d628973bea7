package io.lynkr.store.sqlite;

import io.lynkr.store.SqlDiffCommentStore;
import io.lynkr.tool.git.DiffCommentStore;
import io.lynkr.tool.git.DiffCommentStoreContract;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

class SqliteDiffCommentStoreTest extends DiffCommentStoreContract {
    private final List<SqliteDatabase> databases = new ArrayList<>();

    @TempDir private Path folder;

    @Override
    protected DiffCommentStore store() {
        var database =
                new SqliteDatabase(folder.resolve(databases.size() + ".db"), Clock.systemUTC());
        databases.add(database);
        return new SqlDiffCommentStore(database, "/a/workspace");
    }

    @AfterEach
    void close() {
        databases.forEach(SqliteDatabase::close);
    }
}
