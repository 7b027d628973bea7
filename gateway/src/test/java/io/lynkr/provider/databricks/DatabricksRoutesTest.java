package io.lynkr.provider.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.config.ConfigProblem;
import io.lynkr.config.Settings;
import io.lynkr.message.ApiError;
import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.message.ModelInfo;
import io.lynkr.provider.Dialect;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.ProviderException.Cause;
import io.lynkr.provider.Translation;
import io.lynkr.testing.ManualClock;
import io.lynkr.testing.ScriptedClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class DatabricksRoutesTest {
    private static final Dialect MESSAGES = new NamedDialect("messages");
    private static final Dialect CHAT = new NamedDialect("chat");
    private static final String CLAUDE = "databricks-claude-sonnet-4-5";

    private final ManualClock clock = new ManualClock();
    private final ScriptedClient client = new ScriptedClient();

    @ParameterizedTest
    @CsvSource({
        "databricks-claude-sonnet-4-5, messages, /serving-endpoints/anthropic/v1/messages",
        "system.ai.claude-opus-4-8, messages, /ai-gateway/anthropic/v1/messages",
        "databricks-gpt-5, chat, /serving-endpoints/databricks-gpt-5/invocations",
        "my model/x, chat, /serving-endpoints/my%20model%2Fx/invocations",
        "system.ai.llama-4, chat, /ai-gateway/mlflow/v1/chat/completions"
    })
    void letsTheModelChooseTheRoute(String model, String dialect, String path) {
        var route = routes().first(model);

        assertThat(route.dialect()).hasToString("NamedDialect[name=" + dialect + "]");
        assertThat(route.endpoint().messages(model, true)).hasToString("https://ws.example" + path);
    }

    @ParameterizedTest
    @CsvSource({
        "/serving-endpoints/databricks-claude-sonnet-4-5/invocations, chat",
        "serving-endpoints/chat/completions, chat",
        "/serving-endpoints/anthropic/v1/messages, messages",
        "/ai-gateway/anthropic/v1/messages, messages"
    })
    void sendsEverythingToThePathThatWasChosen(String path, String dialect) {
        var routes = routes("DATABRICKS_ENDPOINT_PATH", path);

        var route = routes.first("gpt-4o");

        assertThat(route.dialect()).hasToString("NamedDialect[name=" + dialect + "]");
        assertThat(route.endpoint().messages("gpt-4o", false).getPath()).endsWith(path);
        assertThat(routes.after("gpt-4o", route, failure(404))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic, databricks-gpt-5, messages",
        "openai, databricks-claude-sonnet-4-5, chat"
    })
    void speaksTheDialectThatWasChosen(String choice, String model, String dialect) {
        var route = routes("DATABRICKS_DIALECT", choice).first(model);

        assertThat(route.dialect()).hasToString("NamedDialect[name=" + dialect + "]");
    }

    @Test
    void takesTheChatRouteWhereThereIsNoNativeOneAndTriesAgainLater() {
        var routes = routes();
        var tried = routes.first(CLAUDE);

        var other = routes.after(CLAUDE, tried, failure(404)).orElseThrow();

        assertThat(other.endpoint().messages(CLAUDE, true))
                .hasToString("https://ws.example/serving-endpoints/" + CLAUDE + "/invocations");
        assertThat(routes.first(CLAUDE)).isEqualTo(other);
        assertThat(routes.first("databricks-claude-opus-4-8")).isEqualTo(tried);
        assertThat(routes.after(CLAUDE, other, failure(404))).isEmpty();

        clock.advance(Duration.ofMinutes(11));

        assertThat(routes.first(CLAUDE)).isEqualTo(tried);
    }

    @Test
    void staysOnTheNativeRouteWhenItOnlyFails() {
        var routes = routes();
        var tried = routes.first(CLAUDE);

        assertThat(routes.after(CLAUDE, tried, failure(500))).isEmpty();
        assertThat(routes.after(CLAUDE, tried, failure(400))).isEmpty();
        assertThat(routes.first(CLAUDE)).isEqualTo(tried);
    }

    @Test
    void signsInWithTheAccessToken() throws Exception {
        var endpoint = routes().first(CLAUDE).endpoint();

        assertThat(endpoint.signIn().first("authorization")).contains("Bearer dapi-test");
        assertThat(endpoint.signInRefused()).isFalse();
        assertThat(endpoint.credentialSettings()).isEqualTo("DATABRICKS_API_KEY");
    }

    @Test
    void signsInAsAServicePrincipal() throws Exception {
        client.willAnswer(200, "{\"access_token\":\"t1\",\"expires_in\":3600}");
        var settings =
                new Settings(
                        Map.of(
                                "DATABRICKS_API_BASE", "https://ws.example",
                                "DATABRICKS_CLIENT_ID", "id",
                                "DATABRICKS_CLIENT_SECRET", "se:cret"));
        var routes =
                new DatabricksRoutes(
                        DatabricksSettings.from(settings), client, clock, MESSAGES, CHAT);

        var headers = routes.first(CLAUDE).endpoint().signIn();

        assertThat(settings.problems()).isEmpty();
        assertThat(headers.first("authorization")).contains("Bearer t1");
        var asked = client.requests().getFirst();
        assertThat(asked.uri()).hasToString("https://ws.example/oidc/v1/token");
        assertThat(asked.headers().first("authorization")).contains("Basic aWQ6c2U6Y3JldA==");
        assertThat(new String(asked.body(), UTF_8))
                .isEqualTo("grant_type=client_credentials&scope=all-apis");
        assertThat(routes.first(CLAUDE).endpoint().credentialSettings())
                .isEqualTo("DATABRICKS_CLIENT_ID and DATABRICKS_CLIENT_SECRET");
    }

    @Test
    void listsTheEndpointsThatOneCanTalkTo() {
        var endpoint = routes().first("").endpoint();
        var body =
                """
                {"endpoints":[
                {"name":"databricks-claude-opus-4-8","task":"llm/v1/chat","creation_timestamp":1760000000000},
                {"name":"bge","task":"llm/v1/embeddings"},{"name":"old"},{"no":"name"}]}
                """;

        assertThat(endpoint.models().orElseThrow())
                .hasToString("https://ws.example/api/2.0/serving-endpoints");
        assertThat(endpoint.readModels(body.getBytes(UTF_8)))
                .containsExactly(
                        new ModelInfo(
                                "databricks-claude-opus-4-8",
                                "databricks-claude-opus-4-8",
                                "2025-10-09T08:53:20Z"),
                        new ModelInfo("old"));
        assertThat(endpoint.readModels("<html>".getBytes(UTF_8))).isEmpty();
        assertThat(endpoint.readModels("[]".getBytes(UTF_8))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    -                  | -    | -  | -   | -                   | -         | DATABRICKS_API_BASE DATABRICKS_API_KEY
                    ws.example         | k    | -  | -   | -                   | -         | DATABRICKS_API_BASE
                    https://ws.example | -    | id | -   | -                   | -         | DATABRICKS_CLIENT_SECRET
                    https://ws.example | -    | -  | s   | -                   | -         | DATABRICKS_CLIENT_ID
                    https://ws.example | k    | -  | -   | /x/responses        | -         | DATABRICKS_ENDPOINT_PATH
                    https://ws.example | k    | -  | -   | https://y/v1/messages | -       | DATABRICKS_ENDPOINT_PATH
                    https://ws.example | k    | -  | -   | /x/v1/messages      | openai    | DATABRICKS_ENDPOINT_PATH
                    https://ws.example | k    | -  | -   | /x/custom           | openai    | ''
                    https://ws.example | k    | -  | -   | -                   | klingon   | DATABRICKS_DIALECT
                    """)
    void namesEverythingThatIsWrong(
            String base,
            String key,
            String id,
            String secret,
            String path,
            String dialect,
            String wrong) {
        var values = new HashMap<String, String>();
        put(values, "DATABRICKS_API_BASE", base);
        put(values, "DATABRICKS_API_KEY", key);
        put(values, "DATABRICKS_CLIENT_ID", id);
        put(values, "DATABRICKS_CLIENT_SECRET", secret);
        put(values, "DATABRICKS_ENDPOINT_PATH", path);
        put(values, "DATABRICKS_DIALECT", dialect);
        var settings = new Settings(values);

        DatabricksSettings.from(settings);

        assertThat(settings.problems().stream().map(ConfigProblem::setting).distinct().toList())
                .isEqualTo(wrong.isEmpty() ? List.of() : List.of(wrong.split(" ", -1)));
    }

    private static void put(Map<String, String> values, String name, String value) {
        if (value != null) {
            values.put(name, value);
        }
    }

    private DatabricksRoutes routes(String... namesAndValues) {
        var values = new HashMap<String, String>();
        values.put("DATABRICKS_API_BASE", "https://ws.example/");
        values.put("DATABRICKS_API_KEY", "dapi-test");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        var settings = new Settings(values);
        var read = DatabricksSettings.from(settings);
        assertThat(settings.problems()).isEmpty();
        return new DatabricksRoutes(read, client, clock, MESSAGES, CHAT);
    }

    private static ProviderException failure(int status) {
        return new ProviderException(
                Cause.STATUS, new ApiError(status, ApiError.typeFor(status), "no"));
    }

    private record NamedDialect(String name) implements Dialect {
        @Override
        public Translation translate(MessagesRequest request, Headers headers) {
            throw new UnsupportedOperationException(name);
        }
    }
}
