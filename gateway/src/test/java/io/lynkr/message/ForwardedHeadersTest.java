package io.lynkr.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedHeadersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "accept",
                "user-agent",
                "x-app",
                "x-stainless-retry-count",
                "x-claude-code-session-id",
                "x-claude-code-agent-id",
                "anthropic-version",
                "anthropic-beta",
                "anthropic-dangerous-direct-browser-access",
                "anthropic-user-profile-id",
                "anthropic-workspace-id",
                "x-something-of-tomorrow"
            })
    void letsHeadersOfTheApiAndUnknownOnesTravelOn(String name) {
        assertThat(ForwardedHeaders.of(Headers.of(name, "v")).has(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "X-Api-Key",
                "api-key",
                "Cookie",
                "Set-Cookie",
                "X-Databricks-AI-Gateway-Token",
                "x-goog-api-key",
                "X-My-Secret",
                "x-db-password",
                "Host",
                "Content-Length",
                "Transfer-Encoding",
                "TE",
                "Upgrade",
                "Accept-Encoding",
                "Proxy-Authorization",
                "X-Forwarded-For",
                "Forwarded",
                "Via",
                "Origin",
                "Referer",
                "Sec-Fetch-Mode",
                "X-Lynkr-Provider",
                "X-Session-Id",
                "CF-Connecting-IP",
                "traceparent"
            })
    void keepsCredentialsAndTheConnectionsOwnHeadersHere(String name) {
        assertThat(ForwardedHeaders.of(Headers.of(name, "v")).has(name)).isFalse();
    }

    @Test
    void keepsWhatTheConnectionHeaderNames() {
        var client =
                Headers.of("Connection", "close, X-Hop").with("x-hop", "1").with("x-stay", "2");

        var forwarded = ForwardedHeaders.of(client);

        assertThat(forwarded).hasToString("[x-stay]");
    }
}
