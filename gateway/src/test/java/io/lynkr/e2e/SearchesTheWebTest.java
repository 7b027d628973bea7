package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Json;
import io.lynkr.testing.ModelBlock;
import io.lynkr.testing.Reply;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The gateway's web tools, and Claude Code's side request for a search, which it answers wherever
 * the backend has no search of its own.
 */
class SearchesTheWebTest {
    private static final String SIDE_REQUEST =
            """
            {"model":"claude-sonnet-4-5","max_tokens":2000,"stream":%s,"thinking":{"type":"disabled"},
             "tools":[{"type":"web_search_20250305","name":"web_search","max_uses":%d,"blocked_domains":["bad.example"]}],
             "tool_choice":{"type":"tool","name":"web_search"},
             "messages":[{"role":"user","content":"What is new in Java?"}]}
            """;
    private static final String HITS =
            """
            {"results":[{"title":"Java 25","url":"https://good.example/25","content":"It is out – really","publishedDate":"2025-09-16"},
                        {"title":"Spam","url":"https://www.bad.example/","content":"no"}]}
            """;

    private final FakeUpstream upstream = new FakeUpstream();
    private final FakeUpstream web = new FakeUpstream();

    @BeforeEach
    void serve() {
        web.answerWhen(request -> request.path().equals("/search"), _ -> Reply.json(200, HITS));
    }

    @AfterEach
    void stop() {
        upstream.close();
        web.close();
    }

    private TestGateway on(String provider, String... more) {
        var settings =
                new ArrayList<>(
                        List.of(
                                "MODEL_PROVIDER",
                                provider,
                                "DATABRICKS_API_BASE",
                                upstream.url().toString(),
                                "DATABRICKS_API_KEY",
                                "k",
                                "OPENAI_BASE_URL",
                                upstream.url("/v1").toString(),
                                "OPENAI_API_KEY",
                                "k",
                                "OPENAI_MODEL",
                                "gpt-x",
                                "ANTHROPIC_UPSTREAM_URL",
                                upstream.url().toString(),
                                "ANTHROPIC_UPSTREAM_API_KEY",
                                "k",
                                "WEB_SEARCH_ENDPOINT",
                                web.url("/search").toString()));
        settings.addAll(List.of(more));
        return TestGateway.with(settings.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"databricks", "openai"})
    void answersTheSideRequestOfClaudeCode(String provider) {
        upstream.willAsk(search("news of Java")).thenSay("Java 25 is out.");

        try (var gateway = on(provider)) {
            var answer = Json.parse(gateway.messages(SIDE_REQUEST.formatted("false", 8)).body());

            var blocks = answer.get("content").items();
            assertThat(blocks)
                    .extracting(block -> block.text("type"))
                    .containsExactly("server_tool_use", "web_search_tool_result", "text");
            var use = blocks.get(0);
            assertThat(use.text("name")).isEqualTo("web_search");
            assertThat(use.get("input").text("query")).isEqualTo("news of Java");
            assertThat(use.text("id")).matches("srvtoolu_[a-zA-Z0-9_]+");
            var result = blocks.get(1);
            assertThat(result.text("tool_use_id")).isEqualTo(use.text("id"));
            assertThat(result.get("content").items()).hasSize(1);
            var hit = result.get("content").items().getFirst();
            assertThat(hit.text("type")).isEqualTo("web_search_result");
            assertThat(hit.text("url")).isEqualTo("https://good.example/25");
            assertThat(hit.text("page_age")).isEqualTo("2025-09-16");
            assertThat(answer.text("stop_reason")).isEqualTo("end_turn");
            assertThat(answer.get("usage").get("server_tool_use").number("web_search_requests"))
                    .isEqualTo(1);
            assertThat(web.last().queryValue("q")).hasValue("news of Java");
            assertThat(upstream.lastRequest().toolResult()).contains("It is out – really");
            assertThat(upstream.lastRequest().bodyText()).doesNotContain("web_search_2025");
        }
    }

    @Test
    void streamsIt() {
        upstream.willAsk(search("news of Java")).thenSay("Java 25 is out.");

        try (var gateway = on("openai")) {
            var body = gateway.messages(SIDE_REQUEST.formatted("true", 8)).body();

            assertThat(body)
                    .contains("\"type\":\"server_tool_use\"", "\"type\":\"web_search_tool_result\"")
                    .contains("event: message_stop");
            var text = Pattern.compile("\"text\":\"([^\"]*)\"").matcher(body).results();
            assertThat(text.map(found -> found.group(1)).collect(Collectors.joining()))
                    .isEqualTo("Java 25 is out.");
        }
    }

    /** The model sees in the next turn what it saw first. */
    @Test
    void takesTheShownSearchApartAgain() {
        upstream.willAsk(search("news of Java")).thenSay("Java 25 is out.");

        try (var gateway = on("databricks")) {
            var first = Json.parse(gateway.messages(SIDE_REQUEST.formatted("false", 8)).body());
            var seen = upstream.lastRequest().json().get("messages").items();
            gateway.messages(
                    Json.object(
                                    "model",
                                    "claude-sonnet-4-5",
                                    "max_tokens",
                                    100,
                                    "messages",
                                    Json.array(
                                            Json.object(
                                                    "role",
                                                    "user",
                                                    "content",
                                                    "What is new in Java?"),
                                            Json.object(
                                                    "role",
                                                    "assistant",
                                                    "content",
                                                    first.get("content")),
                                            Json.object("role", "user", "content", "and?")))
                            .toString());

            var next = upstream.lastRequest().json().get("messages").items();
            assertThat(next.subList(0, 3)).isEqualTo(seen);
            assertThat(next).hasSize(5);
        }
    }

    @Test
    void searchesNoMoreOftenThanItMay() {
        upstream.willAsk(search("one")).thenAsk(search("two")).thenSay("enough");

        try (var gateway = on("openai")) {
            var answer = Json.parse(gateway.messages(SIDE_REQUEST.formatted("false", 1)).body());

            assertThat(answer.get("content").items().get(3).get("content").text("error_code"))
                    .isEqualTo("max_uses_exceeded");
            assertThat(web.requests()).hasSize(1);
            assertThat(answer.get("usage").get("server_tool_use").number("web_search_requests"))
                    .isEqualTo(1);
        }
    }

    @Test
    void saysInTheApisWordsThatTheServiceFails() {
        upstream.willAsk(search("x")).thenSay("I could not search.");

        try (var gateway = on("openai", "WEB_SEARCH_ENDPOINT", web.url("/nothing").toString())) {
            var answer = Json.parse(gateway.messages(SIDE_REQUEST.formatted("false", 8)).body());

            var result = answer.get("content").items().get(1).get("content");
            assertThat(result.text("type")).isEqualTo("web_search_tool_result_error");
            assertThat(result.text("error_code")).isEqualTo("unavailable");
            assertThat(answer.get("content").items().get(2).text("text"))
                    .isEqualTo("I could not search.");
        }
    }

    @Test
    void leavesTheSearchToABackendThatHasOne() {
        try (var gateway = on("anthropic")) {
            gateway.messages(SIDE_REQUEST.formatted("false", 8));

            assertThat(upstream.lastRequest().bodyText()).contains("web_search_20250305");
            assertThat(web.requests()).isEmpty();
        }
    }

    @Test
    void fetchesOnlyWhatIsAllowed() {
        upstream.willAsk(
                        ModelBlock.toolUse(
                                "web_fetch", Json.object("url", web.url("/secret").toString())))
                .thenSay("so be it");

        try (var gateway = on("anthropic", "WEB_SEARCH_ALLOW_ALL", "true")) {
            gateway.messages(naming("web_fetch", "read it"));

            assertThat(upstream.lastRequest().toolResult()).contains("WEB_FETCH_PRIVATE_HOSTS");
            assertThat(web.requests()).isEmpty();
        }
        upstream.willAsk(
                        ModelBlock.toolUse(
                                "web_fetch", Json.object("url", "https://other.example/")))
                .thenSay("so be it");
        try (var gateway = on("anthropic", "WEB_SEARCH_ALLOWED_HOSTS", "docs.example")) {
            gateway.messages(naming("web_fetch", "read it"));

            assertThat(upstream.lastRequest().toolResult())
                    .contains("host_not_allowed", "WEB_SEARCH_ALLOWED_HOSTS");
        }
    }

    @Test
    void fetchesForAModelThatSaysItCannot() {
        web.answerWhen(
                request -> request.path().equals("/page"),
                _ -> Reply.html(200, "<h1>The page</h1>"));
        upstream.willSay("I'm sorry, I cannot browse the internet.")
                .thenSay("It is titled: The page");

        try (var gateway =
                on(
                        "anthropic",
                        "POLICY_WEB_FALLBACK",
                        "fetch",
                        "WEB_FETCH_PRIVATE_HOSTS",
                        "127.0.0.1:" + web.port())) {
            var ask = TestGateway.asking("What is on " + web.url("/page") + ", please?", false);
            var answer = Json.parse(gateway.messages(ask).body());

            assertThat(answer.get("content").items())
                    .extracting(block -> block.text("type"))
                    .containsExactly("text", "mcp_tool_use", "mcp_tool_result", "text");
            assertThat(upstream.lastRequest().toolResult()).contains("# The page");
            assertThat(upstream.calls()).hasSize(2);
            assertThat(web.requests()).hasSize(1);
        }
    }

    /** Once it has seen that it works, the model may fetch by itself. */
    @Test
    void runsTheFetchesThatFollow() {
        web.answerWhen(
                request -> request.path().startsWith("/page"),
                request -> Reply.of(200, "text/plain", "this is " + request.path()));
        upstream.willSay("I cannot browse the internet.")
                .thenAsk(
                        ModelBlock.toolUse(
                                "web_fetch", Json.object("url", web.url("/page2").toString())))
                .thenSay("Both read");

        try (var gateway =
                on(
                        "anthropic",
                        "POLICY_WEB_FALLBACK",
                        "fetch",
                        "WEB_FETCH_PRIVATE_HOSTS",
                        "127.0.0.1:" + web.port())) {
            var answer = gateway.messages(TestGateway.asking("Read " + web.url("/page"), false));

            assertThat(answer.body()).contains("Both read").doesNotContain("\"tool_use\"");
            assertThat(upstream.lastRequest().toolResult()).contains("this is /page2");
        }
    }

    @Test
    void fetchesNothingForItUnlessItIsToOrForAnotherAnswer() {
        var ask = TestGateway.asking("What is on " + web.url("/page"), false);
        upstream.willSay("I cannot browse the internet.");
        try (var gateway = on("anthropic")) {
            assertThat(gateway.messages(ask).body()).contains("cannot browse");
        }
        upstream.willSay("It is a page about cats.");
        try (var gateway = on("anthropic", "POLICY_WEB_FALLBACK", "fetch")) {
            assertThat(gateway.messages(ask).body()).contains("about cats");
        }
        assertThat(upstream.calls()).hasSize(2);
        assertThat(web.requests()).isEmpty();
    }

    @Test
    void onAzureTellsTheUserInsteadOfFetching() {
        upstream.willSay("I cannot browse the internet.");

        try (var gateway =
                on(
                        "azure-anthropic",
                        "AZURE_ANTHROPIC_ENDPOINT",
                        upstream.url("/anthropic/v1/messages").toString(),
                        "AZURE_ANTHROPIC_API_KEY",
                        "k",
                        "POLICY_WEB_FALLBACK",
                        "fetch")) {
            var ask = TestGateway.asking("What is on https://docs.example/x ?", false);
            var answer = Json.parse(gateway.messages(ask).body());

            var blocks = answer.get("content").items();
            assertThat(blocks.get(0).text("text")).isEqualTo("I cannot browse the internet.");
            assertThat(blocks.get(1).text("text"))
                    .contains("[Lynkr]", "https://docs.example/x", "web_fetch");
            assertThat(upstream.calls()).hasSize(1);
        }
    }

    private static ModelBlock search(String query) {
        return ModelBlock.toolUse("web_search", Json.object("query", query));
    }

    private static String naming(String tool, String prompt) {
        return TestGateway.asking(prompt, false)
                .replace(
                        "\"messages\"",
                        "\"tools\":[{\"name\":\""
                                + tool
                                + "\",\"input_schema\":{\"type\":\"object\"}}],\"messages\"");
    }
}
