package io.lynkr.cli;

import io.lynkr.app.AllSettings;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What we know about the Claude Code program. */
final class ClaudeCode {
    static final String INSTALL = "npm install -g @anthropic-ai/claude-code";

    /** Each of them would lead Claude Code past the gateway, or make it ask about a key. */
    private static final List<String> DETOURS =
            List.of(
                    "ANTHROPIC_API_KEY",
                    "CLAUDE_CODE_USE_BEDROCK",
                    "CLAUDE_CODE_USE_VERTEX",
                    "CLAUDE_CODE_USE_FOUNDRY");

    private ClaudeCode() {}

    /** The variables for Claude Code: ours without what is secret, plus where the gateway is. */
    static Map<String, String> environment(Map<String, String> ours, URI gateway, String token) {
        var environment = new HashMap<>(ours);
        environment.keySet().removeAll(AllSettings.secretVariables());
        environment.keySet().removeAll(DETOURS);
        environment.put("ANTHROPIC_BASE_URL", gateway.toString());
        environment.put("ANTHROPIC_AUTH_TOKEN", token);
        return environment;
    }
}
