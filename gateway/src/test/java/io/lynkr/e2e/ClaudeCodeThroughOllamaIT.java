package io.lynkr.e2e;

import io.lynkr.testing.FakeUpstream;

import java.util.List;
import java.util.Set;

/** Claude Code in front of Ollama's own chat route. */
class ClaudeCodeThroughOllamaIT extends ClaudeCodeThroughGateway {

    @Override
    protected List<String> settings(FakeUpstream upstream) {
        return List.of(
                "MODEL_PROVIDER",
                "ollama",
                "OLLAMA_ENDPOINT",
                upstream.url().toString(),
                "OLLAMA_MODEL",
                "qwen");
    }

    @Override
    protected Set<Lack> lacks() {
        return Set.of(Lack.THINKING_HISTORY, Lack.WEB_SEARCH, Lack.CACHE_COUNTERS);
    }
}
