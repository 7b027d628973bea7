package io.lynkr.store.sqlite;

import io.lynkr.json.JsonObject;
import io.lynkr.tool.edit.Edit;
import io.lynkr.tool.edit.EditStore;
import io.lynkr.tool.edit.Versions;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The edits of one workspace, in a table for those of all. */
public final class SqliteEditStore implements EditStore {
    private static final String INSERT =
            """
            INSERT INTO edits (workspace, session_id, file_path, created_at, source,
                before_content, after_content, content_bytes, diff, metadata)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String SELECT =
            "SELECT id, session_id, file_path, created_at, source, diff, metadata FROM edits";

    private static final String FORGET =
            """
            DELETE FROM edits WHERE workspace = ?1 AND id <> ?2 AND id IN (
                SELECT id FROM (
                    SELECT id,
                        row_number() OVER (ORDER BY id DESC) AS place,
                        sum(content_bytes) OVER (ORDER BY id DESC) AS bytes
                    FROM edits WHERE workspace = ?1)
                WHERE place > ?3 OR bytes > ?4)
            """;

    private final SqliteDatabase database;
    private final String workspace;

    /**
     * @param workspace whose edits these are, such as its absolute path
     */
    public SqliteEditStore(SqliteDatabase database, String workspace) {
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
            insert.setString(2, edit.session().orElse(null));
            insert.setString(3, edit.path());
            insert.setLong(4, edit.at().toEpochMilli());
            insert.setString(5, edit.source());
            insert.setBytes(6, versions.before().orElse(null));
            insert.setBytes(7, versions.after().orElse(null));
            insert.setLong(8, versions.size());
            insert.setString(9, edit.diff());
            insert.setString(10, edit.metadata().toString());
            insert.executeUpdate();
        }
        return Rows.lastId(connection);
    }

    private void forget(Connection connection, long newest) throws SQLException {
        try (var delete = connection.prepareStatement(FORGET)) {
            delete.setString(1, workspace);
            delete.setLong(2, newest);
            delete.setInt(3, MOST_EDITS);
            delete.setLong(4, MOST_BYTES);
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
                                    ? Optional.of(new Versions(bytes(rows, 1), bytes(rows, 2)))
                                    : Optional.empty();
                        }
                    }
                });
    }

    /** The driver may hand out an empty content as {@code null}. */
    private static Optional<byte[]> bytes(ResultSet rows, int column) throws SQLException {
        byte @Nullable [] bytes = rows.getBytes(column);
        if (bytes != null) {
            return Optional.of(bytes);
        }
        return rows.wasNull() ? Optional.empty() : Optional.of(new byte[0]);
    }

    @Override
    public List<Edit> latest(Filter filter, int most) throws IOException {
        return database.read(
                connection -> {
                    try (var select =
                            connection.prepareStatement(
                                    SELECT
                                            + " WHERE workspace = ?1"
                                            + " AND (?2 IS NULL OR file_path = ?2)"
                                            + " AND (?3 IS NULL OR session_id = ?3)"
                                            + " ORDER BY id DESC LIMIT ?4")) {
                        select.setString(1, workspace);
                        select.setString(2, filter.path().orElse(null));
                        select.setString(3, filter.session().orElse(null));
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
                Rows.text(rows, "session_id"),
                Rows.neededText(rows, "file_path"),
                Instant.ofEpochMilli(rows.getLong("created_at")),
                Rows.neededText(rows, "source"),
                Rows.neededText(rows, "diff"),
                JsonObject.parse(Rows.neededText(rows, "metadata")));
    }
}
