package io.lynkr.store.sqlite;

import io.lynkr.json.JsonObject;
import io.lynkr.tool.git.DiffComment;
import io.lynkr.tool.git.DiffCommentStore;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The comments of one workspace, in a table for those of all. */
public final class SqliteDiffCommentStore implements DiffCommentStore {
    private static final String INSERT =
            """
            INSERT INTO diff_comments (workspace, thread_id, session_id, file_path, line, hunk,
                anchor, comment, author, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final SqliteDatabase database;
    private final String workspace;

    /**
     * @param workspace whose comments these are, such as its absolute path
     */
    public SqliteDiffCommentStore(SqliteDatabase database, String workspace) {
        this.database = database;
        this.workspace = workspace;
    }

    @Override
    public DiffComment add(DiffComment comment) throws IOException {
        return database.write(
                connection -> {
                    try (var insert = connection.prepareStatement(INSERT)) {
                        insert.setString(1, workspace);
                        insert.setString(2, comment.thread());
                        insert.setString(3, comment.session().orElse(null));
                        insert.setString(4, comment.file());
                        insert.setInt(5, comment.line());
                        insert.setString(6, comment.hunk());
                        insert.setString(7, comment.anchor().toString());
                        insert.setString(8, comment.comment());
                        insert.setString(9, comment.author());
                        insert.setLong(10, comment.at().toEpochMilli());
                        insert.executeUpdate();
                    }
                    return comment.withId(Rows.lastId(connection));
                });
    }

    @Override
    public List<DiffComment> list(Optional<String> thread, int most) throws IOException {
        return database.read(
                connection -> {
                    try (var select =
                            connection.prepareStatement(
                                    "SELECT * FROM diff_comments WHERE workspace = ?1"
                                            + " AND (?2 IS NULL OR thread_id = ?2)"
                                            + " ORDER BY id LIMIT ?3")) {
                        select.setString(1, workspace);
                        select.setString(2, thread.orElse(null));
                        select.setInt(3, most);
                        var comments = new ArrayList<DiffComment>();
                        try (var rows = select.executeQuery()) {
                            while (rows.next()) {
                                comments.add(comment(rows));
                            }
                        }
                        return comments;
                    }
                });
    }

    private static DiffComment comment(ResultSet rows) throws SQLException {
        return new DiffComment(
                rows.getLong("id"),
                Rows.neededText(rows, "thread_id"),
                Rows.text(rows, "session_id"),
                Rows.neededText(rows, "file_path"),
                rows.getInt("line"),
                Rows.neededText(rows, "hunk"),
                JsonObject.parse(Rows.neededText(rows, "anchor")),
                Rows.neededText(rows, "comment"),
                Rows.neededText(rows, "author"),
                Instant.ofEpochMilli(rows.getLong("created_at")));
    }

    @Override
    public boolean delete(long id) throws IOException {
        return database.write(
                connection -> {
                    try (var delete =
                            connection.prepareStatement(
                                    "DELETE FROM diff_comments WHERE workspace = ? AND id = ?")) {
                        delete.setString(1, workspace);
                        delete.setLong(2, id);
                        return delete.executeUpdate() > 0;
                    }
                });
    }
}
