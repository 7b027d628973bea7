package io.lynkr.store.postgres;

import io.lynkr.store.SqlTestRunStore;
import io.lynkr.tool.test.TestRunStore;
import io.lynkr.tool.test.TestRunStoreContract;

import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresTestRunStoreIT extends TestRunStoreContract {
    @RegisterExtension private static final PostgresDatabases DATABASES = new PostgresDatabases();

    @Override
    protected TestRunStore store() {
        return new SqlTestRunStore(DATABASES.fresh(), "/a/workspace");
    }
}
