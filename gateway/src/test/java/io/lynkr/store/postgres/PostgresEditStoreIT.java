package io.lynkr.store.postgres;

import io.lynkr.store.SqlEditStore;
import io.lynkr.tool.edit.EditStore;
import io.lynkr.tool.edit.EditStoreContract;

import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresEditStoreIT extends EditStoreContract {
    @RegisterExtension private static final PostgresDatabases DATABASES = new PostgresDatabases();

    @Override
    protected EditStore store() {
        return new SqlEditStore(DATABASES.fresh(), "/a/workspace");
    }
}
