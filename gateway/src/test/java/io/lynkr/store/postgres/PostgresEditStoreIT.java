package io.lynkr.store.postgres;

import io.lynkr.store.PostgresUrl;
import io.lynkr.testing.PostgresServer;
import io.lynkr.tool.edit.EditStore;
import io.lynkr.tool.edit.EditStoreContract;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresEditStoreIT extends EditStoreContract {
    private final List<PostgresDatabase> databases = new ArrayList<>();
    private PostgresServer server;

    @BeforeAll
    void startServer(@TempDir Path folder) {
        server = new PostgresServer(folder);
    }

    @Override
    protected EditStore store() {
        var url = PostgresUrl.parse(server.newDatabase());
        var database = new PostgresDatabase(url, 8, Clock.systemUTC());
        databases.add(database);
        return new PostgresEditStore(database, "/a/workspace");
    }

    @AfterEach
    void close() {
        databases.forEach(PostgresDatabase::close);
        databases.clear();
    }

    @AfterAll
    void stopServer() {
        server.close();
    }
}
