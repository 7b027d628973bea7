package io.lynkr.store;

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
public final class SqlTestRunStore implements TestRunStore {
    private static final String INSERT =
            """
            INSERT INTO test_runs (workspace, profile, status, command, folder, exit_code, timed_out,
                duration_ms, sandbox, content, stdout, stderr, report, cases, coverage, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            RETURNING id
            """;

    private static final String FORGET =
            """
            DELETE FROM test_runs WHERE workspace = ? AND id <= (
                SELECT id FROM test_runs WHERE workspace = ? ORDER BY id DESC LIMIT 1 OFFSET ?)
            """;

    private final SqlDatabase database;
    private final String workspace;

    /**
     * @param workspace whose runs these are, such as its absolute path
     */
    public SqlTestRunStore(SqlDatabase database, String workspace) {
        this.database = database;
        this.workspace = workspace;
    }

    @Override
    public TestRun add(TestRun run) throws IOException {
        return database.write(
                connection -> {
                    try (var insert = connection.prepareStatement(INSERT)) {
                        fill(insert, run);
                        var kept = run.withId(Columns.insert(insert));
                        forget(connection);
                        return kept;
                    }
                });
    }

    private void fill(PreparedStatement insert, TestRun run) throws SQLException {
        insert.setString(1, workspace);
        Columns.set(insert, 2, run.profile());
        Columns.set(insert, 3, run.status());
        Columns.set(insert, 4, run.command());
        Columns.set(insert, 5, run.folder());
        if (run.exitCode().isPresent()) {
            insert.setInt(6, run.exitCode().getAsInt());
        } else {
            insert.setNull(6, Types.INTEGER);
        }
        insert.setBoolean(7, run.timedOut());
        insert.setLong(8, run.took().toMillis());
        Columns.set(insert, 9, run.sandbox());
        Columns.set(insert, 10, run.content());
        Columns.set(insert, 11, run.stdout());
        Columns.set(insert, 12, run.stderr());
        Columns.set(insert, 13, run.report().toString());
        Columns.set(insert, 14, run.cases().toString());
        Columns.set(insert, 15, run.coverage().toString());
        insert.setLong(16, run.at().toEpochMilli());
    }

    private void forget(Connection connection) throws SQLException {
        try (var delete = connection.prepareStatement(FORGET)) {
            delete.setString(1, workspace);
            delete.setString(2, workspace);
            delete.setInt(3, MOST_RUNS);
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
                Columns.neededText(rows, "profile"),
                Columns.neededText(rows, "status"),
                Columns.neededText(rows, "command"),
                Columns.neededText(rows, "folder"),
                exit,
                rows.getBoolean("timed_out"),
                Duration.ofMillis(rows.getLong("duration_ms")),
                Columns.neededText(rows, "sandbox"),
                Columns.text(rows, "content"),
                Columns.neededText(rows, "stdout"),
                Columns.neededText(rows, "stderr"),
                JsonObject.parse(Columns.neededText(rows, "report")),
                JsonObject.parse(Columns.neededText(rows, "cases")),
                JsonObject.parse(Columns.neededText(rows, "coverage")),
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
