package io.lynkr.e2e;

import io.lynkr.testing.FakeUpstream;

import java.util.List;

/** Claude Code in front of Anthropic models on Azure. */
class ClaudeCodeThroughAzureIT extends ClaudeCodeThroughGateway {

    @Override
    protected List<String> settings(FakeUpstream upstream) {
        return List.of(
                "MODEL_PROVIDER",
                "azure-anthropic",
                "AZURE_ANTHROPIC_ENDPOINT",
                upstream.url() + "/anthropic/v1/messages",
                "AZURE_ANTHROPIC_API_KEY",
                "az-up");
    }
}
