package io.lynkr.store.postgres;

import io.lynkr.store.PostgresUrl;
import io.lynkr.testing.PostgresServer;
import io.lynkr.testing.TempWorkspace;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Empty databases on one server, which runs as long as the tests of a class do. */
final class PostgresDatabases implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private final List<PostgresDatabase> open = new ArrayList<>();
    private Path folder;
    private PostgresServer server;

    PostgresDatabase fresh() {
        var url = PostgresUrl.parse(server.newDatabase());
        var database = new PostgresDatabase(url, 8, Clock.systemUTC());
        open.add(database);
        return database;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("lynkr-postgres-");
        server = new PostgresServer(folder);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        open.forEach(PostgresDatabase::close);
        open.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.close();
        TempWorkspace.delete(folder);
    }
}
