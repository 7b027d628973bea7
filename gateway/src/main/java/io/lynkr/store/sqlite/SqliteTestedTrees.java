package io.lynkr.store.sqlite;

import io.lynkr.tool.git.TestedTrees;

import java.io.IOException;

/** Which contents of one workspace passed their tests, in a table for those of all. */
public final class SqliteTestedTrees implements TestedTrees {
    private static final String FORGET =
            """
            DELETE FROM tested_trees WHERE workspace = ?1 AND id <= (
                SELECT id FROM tested_trees WHERE workspace = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)
            """;

    private final SqliteDatabase database;
    private final String workspace;

    /**
     * @param workspace whose contents these are, such as its absolute path
     */
    public SqliteTestedTrees(SqliteDatabase database, String workspace) {
        this.database = database;
        this.workspace = workspace;
    }

    @Override
    public void passed(String tree, String command) throws IOException {
        database.write(
                connection -> {
                    try (var insert =
                                    connection.prepareStatement(
                                            "INSERT OR REPLACE INTO tested_trees (workspace, tree,"
                                                    + " command) VALUES (?, ?, ?)");
                            var delete = connection.prepareStatement(FORGET)) {
                        insert.setString(1, workspace);
                        insert.setString(2, tree);
                        insert.setString(3, command);
                        insert.executeUpdate();
                        delete.setString(1, workspace);
                        delete.setInt(2, MOST_TREES);
                        return delete.executeUpdate();
                    }
                });
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
                        select.setString(2, tree);
                        select.setString(3, command);
                        try (var rows = select.executeQuery()) {
                            return rows.next();
                        }
                    }
                });
    }
}
