package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.Test;

/** The chat route is spoken to as Databricks' own, whatever the workspace's host name. */
class SpeaksToDatabricksTest {

    @Test
    void keepsCacheMarksOnTheChatRouteOfAWorkspaceUnderAnyName() {
        try (var upstream = new FakeUpstream();
                var gateway =
                        TestGateway.with(
                                "MODEL_PROVIDER", "databricks",
                                "DATABRICKS_API_BASE", upstream.url().toString(),
                                "DATABRICKS_API_KEY", "dapi-x",
                                "DATABRICKS_DIALECT", "openai")) {
            gateway.messages(
                    """
                    {"model":"databricks-claude-sonnet-4-5","max_tokens":9,
                     "system":[{"type":"text","text":"S","cache_control":{"type":"ephemeral"}}],
                     "messages":[{"role":"user","content":"[[text:hi]]"}]}\
                    """);

            assertThat(upstream.last().path())
                    .isEqualTo("/serving-endpoints/databricks-claude-sonnet-4-5/invocations");
            assertThat(upstream.last().bodyText()).contains("cache_control");
        }
    }
}
