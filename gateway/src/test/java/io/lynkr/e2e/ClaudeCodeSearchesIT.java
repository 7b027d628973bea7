package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.ClaudeCli;
import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.NeedsRealClients;
import io.lynkr.testing.Reply;
import io.lynkr.testing.TempWorkspace;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real Claude Code's WebSearch in front of backends that have no search. */
@Timeout(180)
@NeedsRealClients
class ClaudeCodeSearchesIT {
    private final FakeUpstream upstream = new FakeUpstream();
    private final FakeUpstream search = new FakeUpstream();
    private final TempWorkspace files = TempWorkspace.create();

    @AfterEach
    void stop() {
        upstream.close();
        search.close();
        files.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "databricks"})
    void findsWhatTheOperatorsServiceFinds(String provider) {
        search.answerWhen(
                _ -> true,
                _ ->
                        Reply.json(
                                200,
                                "{\"results\":[{\"title\":\"All about"
                                    + " herons\",\"url\":\"https://herons.example/\",\"content\":\"They"
                                    + " stand on one leg\"}]}"));
        try (var gateway =
                        TestGateway.with(
                                "MODEL_PROVIDER",
                                provider,
                                "OPENAI_BASE_URL",
                                upstream.url("/v1").toString(),
                                "OPENAI_API_KEY",
                                "k",
                                "OPENAI_MODEL",
                                "gpt-4o",
                                "DATABRICKS_API_BASE",
                                upstream.url().toString(),
                                "DATABRICKS_API_KEY",
                                "k",
                                "WEB_SEARCH_ENDPOINT",
                                search.url("/search").toString());
                var claude = ClaudeCli.against(gateway.url(), files.path())) {
            var run = claude.allow("WebSearch").ask("[[websearch:herons]]");

            assertThat(run.isError()).isFalse();
            assertThat(run.toolNames()).containsExactly("WebSearch");
            assertThat(run.toolResults().getFirst().toString())
                    .contains("All about herons", "https://herons.example/")
                    .contains("They stand on one leg");
            assertThat(search.last().queryValue("q")).hasValue("herons");
        }
    }
}
