package io.lynkr.store;

import org.jspecify.annotations.Nullable;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Writes and reads columns without {@code null}. */
final class Columns {
    /** PostgreSQL keeps no U+0000 in a text; this sign stands for it. */
    private static final char NUL_SIGN = '\u2400';

    private Columns() {}

    static void set(PreparedStatement statement, int index, String text) throws SQLException {
        statement.setString(index, text.replace('\0', NUL_SIGN));
    }

    static void set(PreparedStatement statement, int index, Optional<String> text)
            throws SQLException {
        statement.setString(index, text.map(some -> some.replace('\0', NUL_SIGN)).orElse(null));
    }

    static Optional<String> text(ResultSet rows, String column) throws SQLException {
        return Optional.ofNullable(rows.getString(column));
    }

    /** A column that is never {@code NULL}. */
    static String neededText(ResultSet rows, String column) throws SQLException {
        return text(rows, column)
                .orElseThrow(() -> new SQLException("the column " + column + " is empty"));
    }

    /** SQLite's driver may hand out an empty content as {@code null}. */
    static Optional<byte[]> bytes(ResultSet rows, int column) throws SQLException {
        byte @Nullable [] bytes = rows.getBytes(column);
        if (bytes != null) {
            return Optional.of(bytes);
        }
        return rows.wasNull() ? Optional.empty() : Optional.of(new byte[0]);
    }

    /** The id that an {@code INSERT … RETURNING id} gave. */
    static long insert(PreparedStatement insert) throws SQLException {
        try (var rows = insert.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
