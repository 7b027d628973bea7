package io.lynkr.store.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Brings the database up to what this version of the gateway needs, once for all gateways: whoever
 * comes first holds a lock until it is done.
 *
 * <p>While gateways are replaced one by one, older ones go on beside newer tables. Each script
 * therefore says which version of the schema a gateway must know at least to work with what it
 * makes; a script that takes something away comes one release after the last that used it.
 */
final class Migrations {
    /**
     * One step.
     *
     * @param worksFrom the oldest version of the schema whose gateways get along with the tables
     *     that this step leaves
     */
    private record Step(String script, int worksFrom) {}

    /** In order; the n-th makes version n. Only ever added to. */
    private static final List<Step> STEPS =
            List.of(new Step("001-records.sql", 1), new Step("002-tests-and-reviews.sql", 1));

    /** Any number, so long as nobody else takes it: "lynkr" in hexadecimal. */
    private static final long LOCK = 0x6c796e6b72L;

    private static final String VERSIONS =
            "CREATE TABLE IF NOT EXISTS lynkr_schema (version INTEGER PRIMARY KEY, name TEXT NOT"
                    + " NULL, works_from INTEGER NOT NULL, applied_at BIGINT NOT NULL)";

    private Migrations() {}

    /**
     * Runs the scripts that the database has not seen, inside the caller's transaction.
     *
     * @throws SQLException also if a newer gateway left nothing that this one could work with
     */
    static void run(Connection connection, Instant now) throws SQLException {
        lock(connection);
        execute(connection, VERSIONS);
        var there = newest(connection);
        if (there.worksFrom > STEPS.size()) {
            throw new SQLException(
                    "a newer version of Lynkr has changed it (schema %d, this one knows %d)"
                            .formatted(there.version, STEPS.size()));
        }
        for (int next = there.version + 1; next <= STEPS.size(); next++) {
            var step = STEPS.get(next - 1);
            execute(connection, script(step.script));
            note(connection, next, step, now);
        }
    }

    /** Until the transaction ends. */
    private static void lock(Connection connection) throws SQLException {
        try (var lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
            lock.setLong(1, LOCK);
            lock.execute();
        }
    }

    private record Newest(int version, int worksFrom) {}

    private static Newest newest(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT version, works_from FROM lynkr_schema"
                                        + " ORDER BY version DESC LIMIT 1")) {
            return rows.next() ? new Newest(rows.getInt(1), rows.getInt(2)) : new Newest(0, 0);
        }
    }

    private static void note(Connection connection, int version, Step step, Instant now)
            throws SQLException {
        try (var insert =
                connection.prepareStatement("INSERT INTO lynkr_schema VALUES (?, ?, ?, ?)")) {
            insert.setInt(1, version);
            insert.setString(2, step.script);
            insert.setInt(3, step.worksFrom);
            insert.setLong(4, now.toEpochMilli());
            insert.executeUpdate();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
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
