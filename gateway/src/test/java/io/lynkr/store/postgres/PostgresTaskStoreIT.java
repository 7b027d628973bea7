package io.lynkr.store.postgres;

import io.lynkr.store.SqlTaskStore;
import io.lynkr.tool.task.TaskStore;
import io.lynkr.tool.task.TaskStoreContract;

import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresTaskStoreIT extends TaskStoreContract {
    @RegisterExtension private static final PostgresDatabases DATABASES = new PostgresDatabases();

    @Override
    protected TaskStore store() {
        return new SqlTaskStore(DATABASES.fresh(), "/a/workspace");
    }
}
