package io.lynkr.store.sqlite;

import io.lynkr.json.JsonObject;
import io.lynkr.store.SqlTaskStore;
import io.lynkr.tool.task.Task;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A process that adds tasks until it is killed, and prints the id of each that is acknowledged. */
final class TaskWriter {
    private TaskWriter() {}

    /**
     * @param args the database file
     */
    public static void main(String[] args) throws IOException {
        var store =
                new SqlTaskStore(
                        new SqliteDatabase(Path.of(args[0]), Clock.systemUTC()), "/a/workspace");
        while (true) {
            System.out.println(store.add(task()).id());
            System.out.flush();
        }
    }

    private static Task task() {
        return new Task(
                0,
                "a task " + "x".repeat(500),
                "todo",
                0,
                List.of(),
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                JsonObject.EMPTY);
    }
}
