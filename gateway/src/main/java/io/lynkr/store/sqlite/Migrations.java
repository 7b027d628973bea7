package io.lynkr.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Brings a database up to what this version of the gateway needs. */
final class Migrations {
    /** In order; the n-th makes version n. Only ever added to. */
    private static final List<String> SCRIPTS =
            List.of("001-edits-and-tasks.sql", "002-sessions.sql", "003-tests-and-reviews.sql");

    private static final String VERSIONS =
            "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, name TEXT NOT"
                    + " NULL, applied_at INTEGER NOT NULL)";

    private Migrations() {}

    /**
     * Runs the scripts that the database has not seen, inside the caller's transaction.
     *
     * @throws SQLException also if a newer gateway made the database
     */
    static void run(Connection connection, Instant now) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(VERSIONS);
        }
        int version = version(connection);
        if (version > SCRIPTS.size()) {
            throw new SQLException(
                    "it was made by a newer version of Lynkr (schema %d, this one knows %d)"
                            .formatted(version, SCRIPTS.size()));
        }
        for (int next = version + 1; next <= SCRIPTS.size(); next++) {
            var name = SCRIPTS.get(next - 1);
            try (var statement = connection.createStatement()) {
                statement.executeUpdate(script(name));
            }
            note(connection, next, name, now);
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT max(version) FROM schema_version")) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    private static void note(Connection connection, int version, String name, Instant now)
            throws SQLException {
        try (var insert =
                connection.prepareStatement("INSERT INTO schema_version VALUES (?, ?, ?)")) {
            insert.setInt(1, version);
            insert.setString(2, name);
            insert.setLong(3, now.toEpochMilli());
            insert.executeUpdate();
        }
    }

    private static String script(String name) {
        try (var resource = Migrations.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("the script " + name + " is not in the jar");
            }
            return new String(resource.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
