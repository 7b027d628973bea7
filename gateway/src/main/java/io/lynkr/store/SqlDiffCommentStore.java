package io.lynkr.store;

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
public final class SqlDiffCommentStore implements DiffCommentStore {
    private static final String INSERT =
            """
            INSERT INTO diff_comments (workspace, thread_id, session_id, file_path, line, hunk,
                anchor, comment, author, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            RETURNING id
            """;

    private final SqlDatabase database;
    private final String workspace;

    /**
     * @param workspace whose comments these are, such as its absolute path
     */
    public SqlDiffCommentStore(SqlDatabase database, String workspace) {
        this.database = database;
        this.workspace = workspace;
    }

    @Override
    public DiffComment add(DiffComment comment) throws IOException {
        return database.write(
                connection -> {
                    try (var insert = connection.prepareStatement(INSERT)) {
                        insert.setString(1, workspace);
                        Columns.set(insert, 2, comment.thread());
                        Columns.set(insert, 3, comment.session());
                        Columns.set(insert, 4, comment.file());
                        insert.setInt(5, comment.line());
                        Columns.set(insert, 6, comment.hunk());
                        Columns.set(insert, 7, comment.anchor().toString());
                        Columns.set(insert, 8, comment.comment());
                        Columns.set(insert, 9, comment.author());
                        insert.setLong(10, comment.at().toEpochMilli());
                        return comment.withId(Columns.insert(insert));
                    }
                });
    }

    @Override
    public List<DiffComment> list(Optional<String> thread, int most) throws IOException {
        return database.read(
                connection -> {
                    try (var select =
                            connection.prepareStatement(
                                    "SELECT * FROM diff_comments WHERE workspace = ?"
                                            + " AND thread_id = coalesce(?, thread_id)"
                                            + " ORDER BY id LIMIT ?")) {
                        select.setString(1, workspace);
                        Columns.set(select, 2, thread);
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
                Columns.neededText(rows, "thread_id"),
                Columns.text(rows, "session_id"),
                Columns.neededText(rows, "file_path"),
                rows.getInt("line"),
                Columns.neededText(rows, "hunk"),
                JsonObject.parse(Columns.neededText(rows, "anchor")),
                Columns.neededText(rows, "comment"),
                Columns.neededText(rows, "author"),
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
