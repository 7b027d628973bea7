package io.lynkr.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.config.Settings;
import io.lynkr.message.ModelInfo;

import org.junit.jupiter.api.Test;

import java.util.Map;

class AnthropicEndpointTest {

    @Test
    void knowsThePathsOfTheApi() {
        var endpoint = endpoint(Map.of("ANTHROPIC_UPSTREAM_API_KEY", "k"));

        assertThat(endpoint.messages("m", true))
                .hasToString("https://api.anthropic.com/v1/messages");
        assertThat(endpoint.countTokens("m").orElseThrow())
                .hasToString("https://api.anthropic.com/v1/messages/count_tokens");
        assertThat(endpoint.models().orElseThrow())
                .hasToString("https://api.anthropic.com/v1/models?limit=1000");
        assertThat(endpoint.modelsHeaders().first("anthropic-version")).contains("2023-06-01");
        assertThat(endpoint.signIn().first("x-api-key")).contains("k");
    }

    @Test
    void needsNoKeyAtAnotherServer() {
        var endpoint = endpoint(Map.of("ANTHROPIC_UPSTREAM_URL", "http://localhost:8000/api/"));

        assertThat(endpoint.messages("m", true))
                .hasToString("http://localhost:8000/api/v1/messages");
        assertThat(endpoint.signIn()).hasToString("[]");
    }

    @Test
    void sendsATokenAsBearer() {
        var endpoint = endpoint(Map.of("ANTHROPIC_UPSTREAM_AUTH_TOKEN", "t"));

        assertThat(endpoint.signIn().first("authorization")).contains("Bearer t");
        assertThat(endpoint.credentialSettings()).isEqualTo("ANTHROPIC_UPSTREAM_AUTH_TOKEN");
    }

    @Test
    void asksForAKeyWhereOneIsNeeded() {
        var settings = new Settings(Map.of());

        AnthropicSettings.from(settings);

        assertThat(settings.problems()).hasSize(1);
        assertThat(settings.problems().getFirst().setting())
                .isEqualTo("ANTHROPIC_UPSTREAM_API_KEY");
    }

    @Test
    void readsTheListOfModels() {
        var body =
                """
                {"data":[{"type":"model","id":"claude-opus-4-8","display_name":"Claude Opus 4.8",
                "created_at":"2026-05-01T00:00:00Z","lifecycle":"deprecated","new":[1]},{"id":"local"}],"has_more":false}
                """;

        var models =
                endpoint(Map.of("ANTHROPIC_UPSTREAM_API_KEY", "k"))
                        .readModels(body.getBytes(UTF_8));

        assertThat(models).hasSize(2);
        var known = models.getFirst().toJson();
        assertThat(known.string("id")).contains("claude-opus-4-8");
        assertThat(known.string("display_name")).contains("Claude Opus 4.8");
        assertThat(known.string("created_at")).contains("2026-05-01T00:00:00Z");
        assertThat(known.string("lifecycle")).contains("deprecated");
        assertThat(known.get("new")).hasToString("Optional[[1]]");
        assertThat(models.getLast().toJson()).isEqualTo(new ModelInfo("local").toJson());
    }

    private static AnthropicEndpoint endpoint(Map<String, String> values) {
        var settings = new Settings(values);
        var read = AnthropicSettings.from(settings);
        assertThat(settings.problems()).isEmpty();
        return new AnthropicEndpoint(read);
    }
}
