package io.lynkr.provider.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.config.Settings;
import io.lynkr.message.ModelInfo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

class OllamaEndpointTest {

    @ParameterizedTest
    @CsvSource({"auto, /api/chat", "ollama, /api/chat", "anthropic, /v1/messages"})
    void speaksItsOwnApiUnlessToldOtherwise(String dialect, String path) {
        var endpoint = endpoint(Map.of("OLLAMA_DIALECT", dialect));

        assertThat(endpoint.messages("qwen3", true)).hasToString("http://localhost:11434" + path);
    }

    @Test
    void listsTheModelsThatWerePulled() {
        var endpoint = endpoint(Map.of("OLLAMA_ENDPOINT", "http://box:1/"));
        var body =
                """
                {"models":[{"name":"qwen3:8b","model":"qwen3:8b","modified_at":"2026-01-02T03:04:05+01:00"},
                {"name":"old"}]}
                """;

        assertThat(endpoint.models().orElseThrow()).hasToString("http://box:1/api/tags");
        assertThat(endpoint.readModels(body.getBytes(UTF_8)))
                .containsExactly(
                        new ModelInfo("qwen3:8b", "qwen3:8b", "2026-01-02T03:04:05+01:00"),
                        new ModelInfo("old"));
    }

    @Test
    void needsNoCredentials() {
        assertThat(endpoint(Map.of()).signIn()).hasToString("[]");
        assertThat(endpoint(Map.of("OLLAMA_API_KEY", "k")).signIn().first("authorization"))
                .contains("Bearer k");
    }

    private static OllamaEndpoint endpoint(Map<String, String> values) {
        var settings = new Settings(values);
        var read = OllamaSettings.from(settings);
        assertThat(settings.problems()).isEmpty();
        return new OllamaEndpoint(read);
    }
}
