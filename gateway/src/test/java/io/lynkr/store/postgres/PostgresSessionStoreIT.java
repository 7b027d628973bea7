package io.lynkr.store.postgres;

import io.lynkr.session.SessionStore;
import io.lynkr.session.SessionStoreContract;
import io.lynkr.store.SqlSessionStore;

import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresSessionStoreIT extends SessionStoreContract {
    @RegisterExtension private static final PostgresDatabases DATABASES = new PostgresDatabases();

    @Override
    protected SessionStore store() {
        return new SqlSessionStore(DATABASES.fresh());
    }
}
