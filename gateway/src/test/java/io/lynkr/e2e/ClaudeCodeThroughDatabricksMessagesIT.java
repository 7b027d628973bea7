package io.lynkr.e2e;

import io.lynkr.testing.FakeUpstream;

import java.util.List;
import java.util.Set;

/** Claude Code in front of the native Messages route of Databricks. */
class ClaudeCodeThroughDatabricksMessagesIT extends ClaudeCodeThroughGateway {

    @Override
    protected List<String> settings(FakeUpstream upstream) {
        return List.of(
                "MODEL_PROVIDER",
                "databricks",
                "DATABRICKS_API_BASE",
                upstream.url().toString(),
                "DATABRICKS_API_KEY",
                "dapi-up");
    }

    @Override
    protected Set<Lack> lacks() {
        return Set.of(Lack.WEB_SEARCH);
    }
}
