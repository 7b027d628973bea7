package io.lynkr.store.sqlite;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.tool.task.Task;
import io.lynkr.tool.task.TaskStore;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The tasks of one workspace, in a table for those of all. */
public final class SqliteTaskStore implements TaskStore {
    private static final String INSERT =
            """
            INSERT INTO tasks (title, status, priority, tags, linked_file, created_at, updated_at,
                created_by, updated_by, metadata, workspace)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            """;

    private static final String UPDATE =
            """
            UPDATE tasks SET title = ?1, status = ?2, priority = ?3, tags = ?4, linked_file = ?5,
                created_at = ?6, updated_at = ?7, created_by = ?8, updated_by = ?9, metadata = ?10
            WHERE workspace = ?11 AND id = ?12
            """;

    private static final String SELECT =
            """
            SELECT * FROM tasks WHERE workspace = ?1
                AND (?2 IS NULL OR status = ?2)
                AND (?3 IS NULL OR linked_file = ?3)
            """;

    private final SqliteDatabase database;
    private final String workspace;

    /**
     * @param workspace whose tasks these are, such as its absolute path
     */
    public SqliteTaskStore(SqliteDatabase database, String workspace) {
        this.database = database;
        this.workspace = workspace;
    }

    @Override
    public Task add(Task task) throws IOException {
        return database.write(
                connection -> {
                    try (var insert = connection.prepareStatement(INSERT)) {
                        bind(insert, task);
                        insert.executeUpdate();
                    }
                    return task.withId(Rows.lastId(connection));
                });
    }

    private void bind(PreparedStatement statement, Task task) throws SQLException {
        statement.setString(1, task.title());
        statement.setString(2, task.status());
        statement.setInt(3, task.priority());
        statement.setString(4, JsonArray.ofStrings(task.tags()).toString());
        statement.setString(5, task.linkedFile().orElse(null));
        statement.setLong(6, task.createdAt().toEpochMilli());
        statement.setLong(7, task.updatedAt().toEpochMilli());
        statement.setString(8, task.createdBy().orElse(null));
        statement.setString(9, task.updatedBy().orElse(null));
        statement.setString(10, task.metadata().toString());
        statement.setString(11, workspace);
    }

    @Override
    public Optional<Task> find(long id) throws IOException {
        return database.read(connection -> find(connection, id));
    }

    private Optional<Task> find(Connection connection, long id) throws SQLException {
        try (var select =
                connection.prepareStatement("SELECT * FROM tasks WHERE workspace = ? AND id = ?")) {
            select.setString(1, workspace);
            select.setLong(2, id);
            try (var rows = select.executeQuery()) {
                return rows.next() ? Optional.of(task(rows)) : Optional.empty();
            }
        }
    }

    @Override
    public Optional<Task> update(long id, UnaryOperator<Task> change) throws IOException {
        return database.write(
                connection -> {
                    var changed = find(connection, id).map(change).map(task -> task.withId(id));
                    if (changed.isPresent()) {
                        try (var update = connection.prepareStatement(UPDATE)) {
                            bind(update, changed.get());
                            update.setLong(12, id);
                            update.executeUpdate();
                        }
                    }
                    return changed;
                });
    }

    @Override
    public boolean delete(long id) throws IOException {
        return database.write(
                connection -> {
                    try (var delete =
                            connection.prepareStatement(
                                    "DELETE FROM tasks WHERE workspace = ? AND id = ?")) {
                        delete.setString(1, workspace);
                        delete.setLong(2, id);
                        return delete.executeUpdate() > 0;
                    }
                });
    }

    @Override
    public Found list(Query query) throws IOException {
        return database.read(
                connection -> {
                    var sql = SELECT + " ORDER BY " + order(query.order());
                    try (var select = connection.prepareStatement(sql)) {
                        select.setString(1, workspace);
                        select.setString(2, query.status().orElse(null));
                        select.setString(3, query.linkedFile().orElse(null));
                        try (var rows = select.executeQuery()) {
                            return found(rows, query);
                        }
                    }
                });
    }

    /** Titles are searched here: SQLite knows upper and lower case of English letters only. */
    private static Found found(ResultSet rows, Query query) throws SQLException {
        var search = query.search().map(SqliteTaskStore::folded);
        var tasks = new ArrayList<Task>();
        int total = 0;
        while (rows.next()) {
            var task = task(rows);
            if (search.map(folded(task.title())::contains).orElse(true)) {
                total++;
                if (tasks.size() < query.most()) {
                    tasks.add(task);
                }
            }
        }
        return new Found(tasks, total);
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String order(Order order) {
        return switch (order) {
            case STATUS -> "status, id DESC";
            case PRIORITY -> "priority DESC, id DESC";
            case UPDATED -> "updated_at DESC, id DESC";
            case CREATED -> "id DESC";
        };
    }

    private static Task task(ResultSet rows) throws SQLException {
        return new Task(
                rows.getLong("id"),
                Rows.neededText(rows, "title"),
                Rows.neededText(rows, "status"),
                rows.getInt("priority"),
                JsonObject.parse("{\"tags\":" + Rows.neededText(rows, "tags") + "}")
                        .array("tags")
                        .orElse(JsonArray.EMPTY)
                        .strings(),
                Rows.text(rows, "linked_file"),
                Instant.ofEpochMilli(rows.getLong("created_at")),
                Instant.ofEpochMilli(rows.getLong("updated_at")),
                Rows.text(rows, "created_by"),
                Rows.text(rows, "updated_by"),
                JsonObject.parse(Rows.neededText(rows, "metadata")));
    }
}
