package io.lynkr.e2e;

import io.lynkr.testing.FakeUpstream;

import java.util.List;

/** Claude Code in front of a backend of the Messages API. */
class ClaudeCodeThroughAnthropicIT extends ClaudeCodeThroughGateway {

    @Override
    protected List<String> settings(FakeUpstream upstream) {
        return List.of(
                "MODEL_PROVIDER",
                "anthropic",
                "ANTHROPIC_UPSTREAM_URL",
                upstream.url().toString(),
                "ANTHROPIC_UPSTREAM_API_KEY",
                "sk-up");
    }
}
