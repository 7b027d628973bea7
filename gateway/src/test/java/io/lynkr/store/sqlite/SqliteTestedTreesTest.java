package io.lynkr.store.sqlite;

import io.lynkr.store.SqlTestedTrees;
import io.lynkr.tool.git.TestedTrees;
import io.lynkr.tool.git.TestedTreesContract;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

class SqliteTestedTreesTest extends TestedTreesContract {
    private final List<SqliteDatabase> databases = new ArrayList<>();

    @TempDir private Path folder;

    @Override
    protected TestedTrees trees() {
        var database =
                new SqliteDatabase(folder.resolve(databases.size() + ".db"), Clock.systemUTC());
        databases.add(database);
        return new SqlTestedTrees(database, "/a/workspace");
    }

    @AfterEach
    void close() {
        databases.forEach(SqliteDatabase::close);
    }
}
