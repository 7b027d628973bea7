package io.lynkr.store.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Reads columns without {@code null}. */
final class Rows {
    private Rows() {}

    static Optional<String> text(ResultSet rows, String column) throws SQLException {
        return Optional.ofNullable(rows.getString(column));
    }

    /** A column that is never {@code NULL}. */
    static String neededText(ResultSet rows, String column) throws SQLException {
        return text(rows, column)
                .orElseThrow(() -> new SQLException("the column " + column + " is empty"));
    }

    /** The id of the row that this connection inserted last. */
    static long lastId(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT last_insert_rowid()")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
