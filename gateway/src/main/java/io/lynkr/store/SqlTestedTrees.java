package io.lynkr.store;

import io.lynkr.tool.git.TestedTrees;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** Which contents of one workspace passed their tests, in a table for those of all. */
public final class SqlTestedTrees implements TestedTrees {
    private static final String FORGET =
            """
            DELETE FROM tested_trees WHERE workspace = ? AND id <= (
                SELECT id FROM tested_trees WHERE workspace = ? ORDER BY id DESC LIMIT 1 OFFSET ?)
            """;

    private static final String INSERT =
            """
            INSERT INTO tested_trees (workspace, tree, command) VALUES (?, ?, ?)
            ON CONFLICT (workspace, tree, command) DO NOTHING
            """;

    private final SqlDatabase database;
    private final String workspace;

    /**
     * @param workspace whose contents these are, such as its absolute path
     */
    public SqlTestedTrees(SqlDatabase database, String workspace) {
        this.database = database;
        this.workspace = workspace;
    }

    @Override
    public void passed(String tree, String command) throws IOException {
        database.write(
                connection -> {
                    // Anew, so that it is among the youngest again.
                    execute(
                            connection,
                            "DELETE FROM tested_trees WHERE workspace = ? AND tree = ?"
                                    + " AND command = ?",
                            tree,
                            command);
                    execute(connection, INSERT, tree, command);
                    return forget(connection);
                });
    }

    private void execute(Connection connection, String sql, String tree, String command)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            Columns.set(statement, 1, workspace);
            Columns.set(statement, 2, tree);
            Columns.set(statement, 3, command);
            statement.executeUpdate();
        }
    }

    private int forget(Connection connection) throws SQLException {
        try (var delete = connection.prepareStatement(FORGET)) {
            delete.setString(1, workspace);
            delete.setString(2, workspace);
            delete.setInt(3, MOST_TREES);
            return delete.executeUpdate();
        }
    }

    @Override
    public boolean havePassed(String tree, String command) throws IOException {
        return database.read(
                connection -> {
                    try (var select =
                            connection.prepareStatement(
                                    "SELECT 1 FROM tested_trees WHERE workspace = ? AND tree = ?"
                                            + " AND command = ?")) {
                        select.setString(1, workspace);
                        Columns.set(select, 2, tree);
                        Columns.set(select, 3, command);
                        try (var rows = select.executeQuery()) {
                            return rows.next();
                        }
                    }
                });
    }
}
