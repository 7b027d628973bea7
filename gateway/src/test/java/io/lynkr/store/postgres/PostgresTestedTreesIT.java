package io.lynkr.store.postgres;

import io.lynkr.store.SqlTestedTrees;
import io.lynkr.tool.git.TestedTrees;
import io.lynkr.tool.git.TestedTreesContract;

import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresTestedTreesIT extends TestedTreesContract {
    @RegisterExtension private static final PostgresDatabases DATABASES = new PostgresDatabases();

    @Override
    protected TestedTrees trees() {
        return new SqlTestedTrees(DATABASES.fresh(), "/a/workspace");
    }
}
