package io.lynkr.store;

import io.lynkr.json.JsonObject;
import io.lynkr.tool.edit.Edit;
import io.lynkr.tool.edit.EditStore;
import io.lynkr.tool.edit.Versions;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The edits of one workspace, in a table for those of all. */
public final class SqlEditStore implements EditStore {
    private static final String INSERT =
            """
            INSERT INTO edits (workspace, session_id, file_path, created_at, source,
                before_content, after_content, content_bytes, diff, metadata)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            RETURNING id
            """;

    private static final String SELECT =
            "SELECT id, session_id, file_path, created_at, source, diff, metadata FROM edits";

    private static final String FORGET =
            """
            DELETE FROM edits WHERE workspace = ? AND id <> ? AND id IN (
                SELECT id FROM (
                    SELECT id,
                        row_number() OVER (ORDER BY id DESC) AS place,
                        sum(content_bytes) OVER (ORDER BY id DESC) AS bytes
                    FROM edits WHERE workspace = ?) AS ranked
                WHERE place > ? OR bytes > ?)
            """;

    private final SqlDatabase database;
    private final String workspace;

    /**
     * @param workspace whose edits these are, such as its absolute path
     */
    public SqlEditStore(SqlDatabase database, String workspace) {
        this.database = database;
        this.workspace = workspace;
    }

    @Override
    public Edit add(Edit edit, Versions versions) throws IOException {
        return database.write(
                connection -> {
                    var kept = edit.withId(insert(connection, edit, versions));
                    forget(connection, kept.id());
                    return kept;
                });
    }

    private long insert(Connection connection, Edit edit, Versions versions) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, workspace);
            Columns.set(insert, 2, edit.session());
            Columns.set(insert, 3, edit.path());
            insert.setLong(4, edit.at().toEpochMilli());
            Columns.set(insert, 5, edit.source());
            insert.setBytes(6, versions.before().orElse(null));
            insert.setBytes(7, versions.after().orElse(null));
            insert.setLong(8, versions.size());
            Columns.set(insert, 9, edit.diff());
            Columns.set(insert, 10, edit.metadata().toString());
            return Columns.insert(insert);
        }
    }

    private void forget(Connection connection, long newest) throws SQLException {
        try (var delete = connection.prepareStatement(FORGET)) {
            delete.setString(1, workspace);
            delete.setLong(2, newest);
            delete.setString(3, workspace);
            delete.setInt(4, MOST_EDITS);
            delete.setLong(5, MOST_BYTES);
            delete.executeUpdate();
        }
    }

    @Override
    public Optional<Edit> find(long id) throws IOException {
        return database.read(
                connection -> {
                    try (var select =
                            connection.prepareStatement(
                                    SELECT + " WHERE workspace = ? AND id = ?")) {
                        select.setString(1, workspace);
                        select.setLong(2, id);
                        try (var rows = select.executeQuery()) {
                            return rows.next() ? Optional.of(edit(rows)) : Optional.empty();
                        }
                    }
                });
    }

    @Override
    public Optional<Versions> versions(long id) throws IOException {
        return database.read(
                connection -> {
                    try (var select =
                            connection.prepareStatement(
                                    "SELECT before_content, after_content FROM edits"
                                            + " WHERE workspace = ? AND id = ?")) {
                        select.setString(1, workspace);
                        select.setLong(2, id);
                        try (var rows = select.executeQuery()) {
                            return rows.next()
                                    ? Optional.of(
                                            new Versions(
                                                    Columns.bytes(rows, 1), Columns.bytes(rows, 2)))
                                    : Optional.empty();
                        }
                    }
                });
    }

    @Override
    public List<Edit> latest(Filter filter, int most) throws IOException {
        return database.read(
                connection -> {
                    try (var select =
                            connection.prepareStatement(
                                    SELECT
                                            + " WHERE workspace = ?"
                                            + " AND file_path = coalesce(?, file_path)"
                                            + " AND session_id IS NOT DISTINCT FROM"
                                            + " coalesce(?, session_id)"
                                            + " ORDER BY id DESC LIMIT ?")) {
                        select.setString(1, workspace);
                        Columns.set(select, 2, filter.path());
                        Columns.set(select, 3, filter.session());
                        select.setInt(4, most);
                        var edits = new ArrayList<Edit>();
                        try (var rows = select.executeQuery()) {
                            while (rows.next()) {
                                edits.add(edit(rows));
                            }
                        }
                        return edits;
                    }
                });
    }

    private static Edit edit(ResultSet rows) throws SQLException {
        return new Edit(
                rows.getLong("id"),
                Columns.text(rows, "session_id"),
                Columns.neededText(rows, "file_path"),
                Instant.ofEpochMilli(rows.getLong("created_at")),
                Columns.neededText(rows, "source"),
                Columns.neededText(rows, "diff"),
                JsonObject.parse(Columns.neededText(rows, "metadata")));
    }
}
