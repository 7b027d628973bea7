package io.lynkr.app;

import io.lynkr.store.StoreSettings;
import io.lynkr.store.memory.MemoryEditStore;
import io.lynkr.store.memory.MemoryTaskStore;
import io.lynkr.store.sqlite.SqliteDatabase;
import io.lynkr.store.sqlite.SqliteEditStore;
import io.lynkr.store.sqlite.SqliteTaskStore;
import io.lynkr.tool.edit.EditStore;
import io.lynkr.tool.task.TaskStore;

import java.nio.file.Path;
import java.time.Clock;

/** What is kept, and where. A new kind of stored thing is one line for each kind of storage. */
record Stores(EditStore edits, TaskStore tasks, Runnable closing) implements AutoCloseable {

    /** Opens nothing yet: a gateway whose tools nobody calls leaves no file. */
    static Stores of(StoreSettings settings, Path workspace, Clock clock) {
        if (settings.file().isEmpty()) {
            return new Stores(new MemoryEditStore(), new MemoryTaskStore(), () -> {});
        }
        var database = new SqliteDatabase(settings.file().get(), clock);
        var owner = workspace.toString();
        return new Stores(
                new SqliteEditStore(database, owner),
                new SqliteTaskStore(database, owner),
                database::close);
    }

    @Override
    public void close() {
        closing.run();
    }
}
