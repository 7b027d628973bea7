package io.lynkr.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.config.ConfigProblem;
import io.lynkr.config.Settings;
import io.lynkr.testing.ManualClock;
import io.lynkr.testing.ScriptedClient;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class AzureEndpointTest {
    private static final String ENDPOINT =
            "https://res.services.ai.azure.com/anthropic/v1/messages";

    private final ScriptedClient client = new ScriptedClient();

    @Test
    void postsToTheGivenAddressAndCountsBesideIt() {
        var endpoint =
                endpoint(
                        Map.of(
                                "AZURE_ANTHROPIC_ENDPOINT",
                                ENDPOINT,
                                "AZURE_ANTHROPIC_API_KEY",
                                "k"));

        assertThat(endpoint.messages("claude-opus-4-8", true)).hasToString(ENDPOINT);
        assertThat(endpoint.countTokens("claude-opus-4-8").orElseThrow())
                .hasToString(ENDPOINT + "/count_tokens");
        assertThat(endpoint.models()).isEmpty();
    }

    @Test
    void sendsTheKeyUnderBothItsNames() throws Exception {
        var headers =
                endpoint(
                                Map.of(
                                        "AZURE_ANTHROPIC_ENDPOINT",
                                        ENDPOINT,
                                        "AZURE_ANTHROPIC_API_KEY",
                                        "k"))
                        .signIn();

        assertThat(headers.first("x-api-key")).contains("k");
        assertThat(headers.first("api-key")).contains("k");
        assertThat(headers.has("authorization")).isFalse();
    }

    @Test
    void sendsATokenAsBearer() throws Exception {
        var endpoint =
                endpoint(
                        Map.of(
                                "AZURE_ANTHROPIC_ENDPOINT",
                                ENDPOINT,
                                "AZURE_ANTHROPIC_AUTH_TOKEN",
                                "entra"));

        assertThat(endpoint.signIn().first("authorization")).contains("Bearer entra");
        assertThat(endpoint.credentialSettings()).isEqualTo("AZURE_ANTHROPIC_AUTH_TOKEN");
    }

    @Test
    void signsInAsAnApplication() throws Exception {
        client.willAnswer(200, "{\"access_token\":\"t1\",\"expires_in\":3599}");
        var endpoint =
                endpoint(
                        Map.of(
                                "AZURE_ANTHROPIC_ENDPOINT", ENDPOINT,
                                "AZURE_TENANT_ID", "tenant",
                                "AZURE_CLIENT_ID", "id",
                                "AZURE_CLIENT_SECRET", "secret",
                                "AZURE_AUTHORITY_HOST", "http://127.0.0.1:9/"));

        assertThat(endpoint.signIn().first("authorization")).contains("Bearer t1");
        var asked = client.requests().getFirst();
        assertThat(asked.uri()).hasToString("http://127.0.0.1:9/tenant/oauth2/v2.0/token");
        assertThat(new String(asked.body(), UTF_8))
                .isEqualTo(
                        "grant_type=client_credentials&client_id=id&client_secret=secret"
                                + "&scope=https%3A%2F%2Fai.azure.com%2F.default");
    }

    @Test
    void namesEverythingThatIsMissing() {
        assertThat(problems(Map.of()))
                .containsExactly("AZURE_ANTHROPIC_ENDPOINT", "AZURE_ANTHROPIC_API_KEY");
        assertThat(problems(Map.of("AZURE_ANTHROPIC_ENDPOINT", ENDPOINT, "AZURE_TENANT_ID", "t")))
                .containsExactly("AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET");
        assertThat(
                        problems(
                                Map.of(
                                        "AZURE_ANTHROPIC_ENDPOINT", "res.services.ai.azure.com",
                                        "AZURE_ANTHROPIC_API_KEY", "k")))
                .containsExactly("AZURE_ANTHROPIC_ENDPOINT");
    }

    private AzureEndpoint endpoint(Map<String, String> values) {
        var settings = new Settings(values);
        var read = AzureSettings.from(settings);
        assertThat(settings.problems()).isEmpty();
        return new AzureEndpoint(read, client, new ManualClock());
    }

    private static List<String> problems(Map<String, String> values) {
        var settings = new Settings(values);
        AzureSettings.from(settings);
        return settings.problems().stream().map(ConfigProblem::setting).toList();
    }
}
