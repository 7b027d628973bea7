package io.lynkr.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.URI;

/**
 * The real Claude Code straight against the fake, with nothing in between: proves that a scenario
 * which fails elsewhere fails because of what stands there.
 */
class ClaudeCliAgainstFakeIT extends ClaudeCodeScenarios {

    @Override
    protected URI open(FakeUpstream upstream) {
        return upstream.url();
    }

    @Test
    void introducesItselfAsTheRealClient() {
        var run = claude().ask("[[text:hi]]");

        var request = upstream.lastRequest();
        assertThat(request.header("user-agent").orElse("")).startsWith("claude-cli/");
        assertThat(request.header("authorization")).contains("Bearer " + ClaudeCli.TOKEN);
        assertThat(request.header("x-claude-code-session-id")).contains(run.sessionId());
        assertThat(request.model().stream()).isTrue();
        assertThat(request.model().tools()).extracting(ModelRequest.Tool::name).contains("Bash");
    }

    @Test
    void asksForCountsWhenItShowsTheContext() {
        claude().ask("/context");

        assertThat(upstream.requests(r -> r.path().endsWith("/count_tokens"))).isNotEmpty();
    }
}
