package io.lynkr.store.postgres;

import io.lynkr.store.SqlDiffCommentStore;
import io.lynkr.tool.git.DiffCommentStore;
import io.lynkr.tool.git.DiffCommentStoreContract;

import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresDiffCommentStoreIT extends DiffCommentStoreContract {
    @RegisterExtension private static final PostgresDatabases DATABASES = new PostgresDatabases();

    @Override
    protected DiffCommentStore store() {
        return new SqlDiffCommentStore(DATABASES.fresh(), "/a/workspace");
    }
}
