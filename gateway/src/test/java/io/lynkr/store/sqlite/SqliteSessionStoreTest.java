package io.lynkr.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.session.KeptTurn;
import io.lynkr.session.SessionStore;
import io.lynkr.session.SessionStoreContract;
import io.lynkr.store.SqlSessionStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

class SqliteSessionStoreTest extends SessionStoreContract {
    private static final int TURNS = 1_000;

    private final List<SqliteDatabase> databases = new ArrayList<>();

    @TempDir private Path folder;

    @Override
    protected SessionStore store() {
        var database =
                new SqliteDatabase(folder.resolve(databases.size() + ".db"), Clock.systemUTC());
        databases.add(database);
        return new SqlSessionStore(database);
    }

    @AfterEach
    void close() {
        databases.forEach(SqliteDatabase::close);
    }

    @Test
    void losesNoAcknowledgedTurnWhenKilled() throws Exception {
        var file = folder.resolve("killed.db");
        int acknowledged = 0;
        var writer = writer(file);
        try (var lines = new BufferedReader(writer.inputReader(UTF_8))) {
            while (acknowledged < TURNS) {
                acknowledged = Integer.parseInt(lines.readLine());
            }
            writer.toHandle().destroyForcibly();
            // What was printed before the end came was acknowledged too.
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty()) {
                    acknowledged = Integer.parseInt(line);
                }
            }
        }

        try (var database = new SqliteDatabase(file, Clock.systemUTC())) {
            var store = new SqlSessionStore(database);
            var turns = store.turns("", TurnWriter.SESSION, 0, Integer.MAX_VALUE);
            assertThat(turns.size()).isBetween(acknowledged, acknowledged + TurnWriter.AT_ONCE);
            assertThat(turns.size() % TurnWriter.AT_ONCE).as("a batch is whole").isZero();
            assertThat(turns)
                    .extracting(KeptTurn::messages)
                    .allMatch(messages -> messages.size() == 1);
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
                        "io.lynkr.store.sqlite.TurnWriter",
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
