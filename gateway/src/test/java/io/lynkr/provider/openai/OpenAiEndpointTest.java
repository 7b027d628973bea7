package io.lynkr.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.config.ConfigProblem;
import io.lynkr.config.Settings;
import io.lynkr.message.ModelInfo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

class OpenAiEndpointTest {

    @ParameterizedTest
    @CsvSource({
        "http://localhost:1234, http://localhost:1234/v1/chat/completions",
        "http://localhost:1234/v1/, http://localhost:1234/v1/chat/completions",
        "https://openrouter.ai/api/v1, https://openrouter.ai/api/v1/chat/completions",
        "https://x.example/v1/chat/completions, https://x.example/v1/chat/completions"
    })
    void findsTheChatUnderTheBase(String base, String chat) {
        var endpoint = endpoint(Map.of("OPENAI_BASE_URL", base));

        assertThat(endpoint.messages("m", true)).hasToString(chat);
        assertThat(endpoint.models().orElseThrow())
                .hasToString(chat.replace("/chat/completions", "/models"));
    }

    @Test
    void sendsTheKeyAndMoreHeaders() {
        var endpoint =
                endpoint(
                        Map.of(
                                "OPENAI_API_KEY",
                                "k",
                                "OPENAI_EXTRA_HEADERS",
                                "X-Title: Lynkr, mine; HTTP-Referer: https://a.example/;"));

        assertThat(endpoint.signIn().first("authorization")).contains("Bearer k");
        assertThat(endpoint.signIn().first("x-title")).contains("Lynkr, mine");
        assertThat(endpoint.signIn().first("http-referer")).contains("https://a.example/");
    }

    @Test
    void readsTheListOfModels() {
        var body =
                "{\"object\":\"list\",\"data\":[{\"id\":\"gpt-5\",\"created\":1760000000},{\"id\":\"x\"}]}";

        assertThat(endpoint(Map.of("OPENAI_API_KEY", "k")).readModels(body.getBytes(UTF_8)))
                .containsExactly(
                        new ModelInfo("gpt-5", "gpt-5", "2025-10-09T08:53:20Z"),
                        new ModelInfo("x"));
    }

    @Test
    void namesWhatIsWrong() {
        assertThat(problems(Map.of())).containsExactly("OPENAI_API_KEY");
        assertThat(problems(Map.of("OPENAI_API_KEY", "k", "OPENAI_EXTRA_HEADERS", "no header")))
                .containsExactly("OPENAI_EXTRA_HEADERS");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://r.openai.azure.com, -, -,"
                    + " https://r.openai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21",
                "https://r.openai.azure.com/, big, 2025-01-01,"
                    + " https://r.openai.azure.com/openai/deployments/big/chat/completions?api-version=2025-01-01",
                "https://r.openai.azure.com, big, v1,"
                        + " https://r.openai.azure.com/openai/v1/chat/completions",
                "https://r.openai.azure.com/openai/v1, -, v1,"
                        + " https://r.openai.azure.com/openai/v1/chat/completions",
                "https://r.openai.azure.com/openai/deployments/d/chat/completions, -, -,"
                    + " https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21",
                "https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=x, -,"
                    + " -, https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=x"
            })
    void findsADeploymentAtAzure(String base, String deployment, String version, String chat) {
        var values = new HashMap<String, String>();
        values.put("AZURE_OPENAI_ENDPOINT", base);
        values.put("AZURE_OPENAI_API_KEY", "k");
        if (deployment != null) {
            values.put("AZURE_OPENAI_DEPLOYMENT", deployment);
        }
        if (version != null) {
            values.put("AZURE_OPENAI_API_VERSION", version);
        }
        var settings = new Settings(values);

        var endpoint = new AzureOpenAiEndpoint(AzureOpenAiSettings.from(settings));

        assertThat(settings.problems()).isEmpty();
        assertThat(endpoint.messages("gpt-4o", true)).hasToString(chat);
        assertThat(endpoint.signIn().first("api-key")).contains("k");
    }

    @Test
    void namesWhatIsMissingForAzure() {
        var settings = new Settings(Map.of());

        AzureOpenAiSettings.from(settings);

        assertThat(settings.problems())
                .extracting(ConfigProblem::setting)
                .containsExactly("AZURE_OPENAI_ENDPOINT", "AZURE_OPENAI_API_KEY");
    }

    private static OpenAiEndpoint endpoint(Map<String, String> values) {
        var settings = new Settings(values);
        var read = OpenAiSettings.from(settings);
        assertThat(settings.problems()).isEmpty();
        return new OpenAiEndpoint(read);
    }

    private static List<String> problems(Map<String, String> values) {
        var settings = new Settings(values);
        OpenAiSettings.from(settings);
        return settings.problems().stream().map(ConfigProblem::setting).toList();
    }
}
