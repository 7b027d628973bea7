package io.lynkr.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.store.SqlEditStore;
import io.lynkr.store.SqlTaskStore;
import io.lynkr.tool.edit.EditStore;
import io.lynkr.tool.task.TaskStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class SqliteDatabaseTest {
    private static final int WRITES = 1_000;

    @TempDir private Path folder;

    @Test
    void makesNoFileBeforeItIsUsed() throws IOException {
        var file = folder.resolve("deep/er/lynkr.db");

        try (var database = new SqliteDatabase(file, Clock.systemUTC())) {
            assertThat(file.getParent()).doesNotExist();

            new SqlEditStore(database, "w").find(1);

            assertThat(file).exists();
        }
    }

    @Test
    void isForItsOwnerOnly() throws IOException {
        var file = folder.resolve("deep/lynkr.db");
        try (var database = new SqliteDatabase(file, Clock.systemUTC())) {
            new SqlTaskStore(database, "w").delete(1);

            assertThat(permissions(file.getParent())).isEqualTo("rwx------");
            try (var files = Files.list(file.getParent())) {
                assertThat(files)
                        .hasSizeGreaterThan(1)
                        .allSatisfy(each -> assertThat(permissions(each)).isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void closesWhatWasOpenToOthers() throws IOException {
        var file = Files.createFile(folder.resolve("lynkr.db"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        try (var database = new SqliteDatabase(file, Clock.systemUTC())) {
            new SqlTaskStore(database, "w").delete(1);
        }

        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    @Test
    void remembersOverRestartsAndKeepsWorkspacesApart() throws IOException {
        var file = folder.resolve("lynkr.db");
        long id = addTask(file);

        try (var database = new SqliteDatabase(file, Clock.systemUTC())) {
            assertThat(new SqlTaskStore(database, "/a/workspace").find(id)).isPresent();
            var other = new SqlTaskStore(database, "/another");
            assertThat(other.find(id)).isEmpty();
            assertThat(other.delete(id)).isFalse();
            assertThat(other.update(id, task -> task)).isEmpty();
            assertThat(other.list(everything()).total()).isZero();
            assertThat(version(database)).isEqualTo(3);
        }
    }

    @Test
    void putsAsideWhatIsNoDatabase() throws IOException {
        var file = folder.resolve("lynkr.db");
        Files.writeString(file, "this is a text, and a long one at that\n".repeat(100));

        assertThat(addTask(file)).isEqualTo(1);

        try (var files = Files.list(folder)) {
            assertThat(files)
                    .anySatisfy(
                            each -> {
                                assertThat(each.getFileName().toString())
                                        .startsWith("lynkr.db.corrupt-");
                                assertThat(each).content().startsWith("this is a text");
                            });
        }
    }

    @Test
    void leavesADatabaseOfANewerVersionAlone() throws IOException {
        var file = folder.resolve("lynkr.db");
        try (var database = new SqliteDatabase(file, Clock.systemUTC())) {
            database.write(
                    connection -> {
                        try (var statement = connection.createStatement()) {
                            return statement.executeUpdate(
                                    "INSERT INTO schema_version VALUES (1000, 'future', 0)");
                        }
                    });
        }

        assertThatThrownBy(() -> addTask(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("newer version of Lynkr")
                .hasMessageContaining(file.toString());
    }

    @Test
    void doesAllOfAWriteOrNothing() throws IOException {
        try (var database = new SqliteDatabase(folder.resolve("lynkr.db"), Clock.systemUTC())) {
            var tasks = new SqlTaskStore(database, "/a/workspace");

            assertThatThrownBy(
                            () ->
                                    database.write(
                                            connection -> {
                                                try (var statement = connection.createStatement()) {
                                                    statement.executeUpdate(
                                                            "INSERT INTO schema_version VALUES (7,"
                                                                    + " 'x', 0)");
                                                    return statement.executeUpdate("nonsense");
                                                }
                                            }))
                    .isInstanceOf(IOException.class);

            assertThat(version(database)).isEqualTo(3);
            assertThat(tasks.list(everything()).total()).isZero();
        }
    }

    @Test
    void saysWhatIsWrongWhenItCannotBeMade() throws IOException {
        var file = Files.createFile(folder.resolve("a-file")).resolve("lynkr.db");

        try (var database = new SqliteDatabase(file, Clock.systemUTC())) {
            var edits = new SqlEditStore(database, "w");

            assertThatThrownBy(() -> edits.latest(EditStore.Filter.NONE, 1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("a-file");
        }
    }

    @Test
    void losesNothingAcknowledgedWhenKilled() throws Exception {
        var file = folder.resolve("lynkr.db");
        var acknowledged = new ArrayList<Long>();
        var writer = writer(file);
        try (var lines = new BufferedReader(writer.inputReader(UTF_8))) {
            while (acknowledged.size() < WRITES) {
                acknowledged.add(Long.valueOf(lines.readLine()));
            }
            writer.toHandle().destroyForcibly();
            // What was printed before the end came was acknowledged too.
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty()) {
                    acknowledged.add(Long.valueOf(line));
                }
            }
        }

        try (var database = new SqliteDatabase(file, Clock.systemUTC())) {
            var found = new SqlTaskStore(database, "/a/workspace").list(everything());
            assertThat(found.tasks()).extracting(task -> task.id()).containsAll(acknowledged);
            assertThat(found.total()).isBetween(acknowledged.size(), acknowledged.size() + 1);
            assertThat(integrity(database)).isEqualTo("ok");
        }
        assertThat(writer.waitFor()).as("killed by signal 9").isEqualTo(137);
    }

    private static Process writer(Path file) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.lynkr.store.sqlite.TaskWriter",
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static long addTask(Path file) throws IOException {
        try (var database = new SqliteDatabase(file, Clock.systemUTC())) {
            return database.write(
                    connection -> {
                        try (var statement = connection.createStatement();
                                var rows =
                                        statement.executeQuery(
                                                "INSERT INTO tasks (workspace, title, status,"
                                                        + " priority, tags, created_at, updated_at,"
                                                        + " metadata) VALUES ('/a/workspace', 't',"
                                                        + " 'todo', 0, '[]', 0, 0, '{}') RETURNING"
                                                        + " id")) {
                            rows.next();
                            return rows.getLong(1);
                        }
                    });
        }
    }

    private static int version(SqliteDatabase database) throws IOException {
        return Integer.parseInt(first(database, "SELECT max(version) FROM schema_version"));
    }

    private static String integrity(SqliteDatabase database) throws IOException {
        return first(database, "PRAGMA integrity_check");
    }

    private static String first(SqliteDatabase database, String sql) throws IOException {
        return database.read(
                connection -> {
                    try (var statement = connection.createStatement();
                            var rows = statement.executeQuery(sql)) {
                        rows.next();
                        return rows.getString(1);
                    }
                });
    }

    private static TaskStore.Query everything() {
        return new TaskStore.Query(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                TaskStore.Order.CREATED,
                1_000_000);
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            return List.of(e).toString();
        }
    }
}
