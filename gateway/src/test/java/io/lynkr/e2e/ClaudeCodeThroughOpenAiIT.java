package io.lynkr.e2e;

import io.lynkr.testing.FakeUpstream;

import java.util.List;
import java.util.Set;

/** Claude Code in front of a backend of OpenAI's chat completions. */
class ClaudeCodeThroughOpenAiIT extends ClaudeCodeThroughGateway {

    @Override
    protected List<String> settings(FakeUpstream upstream) {
        return List.of(
                "MODEL_PROVIDER",
                "openai",
                "OPENAI_BASE_URL",
                upstream.url() + "/v1",
                "OPENAI_API_KEY",
                "sk-up",
                "OPENAI_MODEL",
                "gpt-4o");
    }

    @Override
    protected Set<Lack> lacks() {
        return Set.of(Lack.THINKING_HISTORY, Lack.WEB_SEARCH, Lack.CACHE_COUNTERS);
    }
}
