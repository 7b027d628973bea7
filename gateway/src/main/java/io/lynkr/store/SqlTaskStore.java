package io.lynkr.store;

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
public final class SqlTaskStore implements TaskStore {
    private static final String INSERT =
            """
            INSERT INTO tasks (title, status, priority, tags, linked_file, created_at, updated_at,
                created_by, updated_by, metadata, workspace)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            RETURNING id
            """;

    private static final String UPDATE =
            """
            UPDATE tasks SET title = ?, status = ?, priority = ?, tags = ?, linked_file = ?,
                created_at = ?, updated_at = ?, created_by = ?, updated_by = ?, metadata = ?
            WHERE workspace = ? AND id = ?
            """;

    private static final String SELECT =
            """
            SELECT * FROM tasks WHERE workspace = ?
                AND status = coalesce(?, status)
                AND linked_file IS NOT DISTINCT FROM coalesce(?, linked_file)
            """;

    private final SqlDatabase database;
    private final String workspace;

    /**
     * @param workspace whose tasks these are, such as its absolute path
     */
    public SqlTaskStore(SqlDatabase database, String workspace) {
        this.database = database;
        this.workspace = workspace;
    }

    @Override
    public Task add(Task task) throws IOException {
        return database.write(
                connection -> {
                    try (var insert = connection.prepareStatement(INSERT)) {
                        bind(insert, task);
                        return task.withId(Columns.insert(insert));
                    }
                });
    }

    private void bind(PreparedStatement statement, Task task) throws SQLException {
        Columns.set(statement, 1, task.title());
        Columns.set(statement, 2, task.status());
        statement.setInt(3, task.priority());
        Columns.set(statement, 4, JsonArray.ofStrings(task.tags()).toString());
        Columns.set(statement, 5, task.linkedFile());
        statement.setLong(6, task.createdAt().toEpochMilli());
        statement.setLong(7, task.updatedAt().toEpochMilli());
        Columns.set(statement, 8, task.createdBy());
        Columns.set(statement, 9, task.updatedBy());
        Columns.set(statement, 10, task.metadata().toString());
        statement.setString(11, workspace);
    }

    @Override
    public Optional<Task> find(long id) throws IOException {
        return database.read(connection -> find(connection, id, ""));
    }

    private Optional<Task> find(Connection connection, long id, String lock) throws SQLException {
        try (var select =
                connection.prepareStatement(
                        "SELECT * FROM tasks WHERE workspace = ? AND id = ?" + lock)) {
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
                    var changed =
                            find(connection, id, database.forUpdate())
                                    .map(change)
                                    .map(task -> task.withId(id));
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
                        Columns.set(select, 2, query.status());
                        Columns.set(select, 3, query.linkedFile());
                        try (var rows = select.executeQuery()) {
                            return found(rows, query);
                        }
                    }
                });
    }

    /** Titles are searched here, so that no database has its own idea of upper and lower case. */
    private static Found found(ResultSet rows, Query query) throws SQLException {
        var search = query.search().map(SqlTaskStore::folded);
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
                Columns.neededText(rows, "title"),
                Columns.neededText(rows, "status"),
                rows.getInt("priority"),
                JsonObject.parse("{\"tags\":" + Columns.neededText(rows, "tags") + "}")
                        .array("tags")
                        .orElse(JsonArray.EMPTY)
                        .strings(),
                Columns.text(rows, "linked_file"),
                Instant.ofEpochMilli(rows.getLong("created_at")),
                Instant.ofEpochMilli(rows.getLong("updated_at")),
                Columns.text(rows, "created_by"),
                Columns.text(rows, "updated_by"),
                JsonObject.parse(Columns.neededText(rows, "metadata")));
    }
}
