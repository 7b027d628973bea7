package io.lynkr.store.sqlite;

import io.lynkr.json.JsonObject;
import io.lynkr.tool.test.TestRun;
import io.lynkr.tool.test.TestRunStore;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The test runs of one workspace, in a table for those of all. */
public final class SqliteTestRunStore implements TestRunStore {
    private static final String INSERT =
            """
            INSERT INTO test_runs (workspace, profile, status, command, folder, exit_code, timed_out,
                duration_ms, sandbox, content, stdout, stderr, report, cases, coverage, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String FORGET =
            """
            DELETE FROM test_runs WHERE workspace = ?1 AND id <= (
                SELECT id FROM test_runs WHERE workspace = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)
            """;

    private final SqliteDatabase database;
    private final String workspace;

    /**
     * @param workspace whose runs these are, such as its absolute path
     */
    public SqliteTestRunStore(SqliteDatabase database, String workspace) {
        this.database = database;
        this.workspace = workspace;
    }

    @Override
    public TestRun add(TestRun run) throws IOException {
        return database.write(
                connection -> {
                    try (var insert = connection.prepareStatement(INSERT)) {
                        fill(insert, run);
                        insert.executeUpdate();
                    }
                    var kept = run.withId(Rows.lastId(connection));
                    forget(connection);
                    return kept;
                });
    }

    private void fill(PreparedStatement insert, TestRun run) throws SQLException {
        insert.setString(1, workspace);
        insert.setString(2, run.profile());
        insert.setString(3, run.status());
        insert.setString(4, run.command());
        insert.setString(5, run.folder());
        if (run.exitCode().isPresent()) {
            insert.setInt(6, run.exitCode().getAsInt());
        } else {
            insert.setNull(6, Types.INTEGER);
        }
        insert.setBoolean(7, run.timedOut());
        insert.setLong(8, run.took().toMillis());
        insert.setString(9, run.sandbox());
        insert.setString(10, run.content().orElse(null));
        insert.setString(11, run.stdout());
        insert.setString(12, run.stderr());
        insert.setString(13, run.report().toString());
        insert.setString(14, run.cases().toString());
        insert.setString(15, run.coverage().toString());
        insert.setLong(16, run.at().toEpochMilli());
    }

    private void forget(Connection connection) throws SQLException {
        try (var delete = connection.prepareStatement(FORGET)) {
            delete.setString(1, workspace);
            delete.setInt(2, MOST_RUNS);
            delete.executeUpdate();
        }
    }

    @Override
    public List<TestRun> latest(int most) throws IOException {
        return database.read(
                connection -> {
                    try (var select =
                            connection.prepareStatement(
                                    "SELECT * FROM test_runs WHERE workspace = ?"
                                            + " ORDER BY id DESC LIMIT ?")) {
                        select.setString(1, workspace);
                        select.setInt(2, most);
                        var runs = new ArrayList<TestRun>();
                        try (var rows = select.executeQuery()) {
                            while (rows.next()) {
                                runs.add(run(rows));
                            }
                        }
                        return runs;
                    }
                });
    }

    private static TestRun run(ResultSet rows) throws SQLException {
        int exitCode = rows.getInt("exit_code");
        var exit = rows.wasNull() ? OptionalInt.empty() : OptionalInt.of(exitCode);
        return new TestRun(
                rows.getLong("id"),
                Rows.neededText(rows, "profile"),
                Rows.neededText(rows, "status"),
                Rows.neededText(rows, "command"),
                Rows.neededText(rows, "folder"),
                exit,
                rows.getBoolean("timed_out"),
                Duration.ofMillis(rows.getLong("duration_ms")),
                Rows.neededText(rows, "sandbox"),
                Rows.text(rows, "content"),
                Rows.neededText(rows, "stdout"),
                Rows.neededText(rows, "stderr"),
                JsonObject.parse(Rows.neededText(rows, "report")),
                JsonObject.parse(Rows.neededText(rows, "cases")),
                JsonObject.parse(Rows.neededText(rows, "coverage")),
                Instant.ofEpochMilli(rows.getLong("created_at")));
    }

    @Override
    public Totals totals() throws IOException {
        return database.read(
                connection -> {
                    try (var select =
                            connection.prepareStatement(
                                    "SELECT count(*), count(*) FILTER (WHERE status = 'passed')"
                                            + " FROM test_runs WHERE workspace = ?")) {
                        select.setString(1, workspace);
                        try (var rows = select.executeQuery()) {
                            rows.next();
                            return new Totals(rows.getLong(1), rows.getLong(2));
                        }
                    }
                });
    }
}
