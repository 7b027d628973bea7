package io.lynkr.tool.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lynkr.json.JsonObject;
import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;

class WebSearchToolTest {
    private static final String SEARXNG =
            """
            {"query":"x","results":[
             {"title":"One","url":"https://a.example/1","content":"The <b>first</b>","publishedDate":"2026-11-01","score":1.5},
             {"title":"Two","url":"https://b.example/2","content":"The second"},
             {"title":"Bad","url":"javascript:alert(1)","content":"no"},
             {"title":"Three","url":"https://sub.a.example/3","content":"The third"}]}
            """;

    private final FakeUpstream service = new FakeUpstream();

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void asksSearxng() throws Exception {
        service.answerWhen(_ -> true, _ -> Reply.json(200, SEARXNG));

        var found = search(JsonObject.of("q", "java 25 & more").with("limit", 2).with("page", 3));

        assertThat(service.last().queryValue("q")).hasValue("java 25 & more");
        assertThat(service.last().queryValue("format")).hasValue("json");
        assertThat(service.last().queryValue("pageno")).hasValue("3");
        assertThat(found.objects("results")).hasSize(2);
        var first = found.objects("results").getFirst();
        assertThat(first.string("snippet")).hasValue("The first");
        assertThat(first.string("page_age")).hasValue("2026-11-01");
    }

    @Test
    void keepsToDomains() throws Exception {
        service.answerWhen(_ -> true, _ -> Reply.json(200, SEARXNG));

        var only =
                search(
                        JsonObject.parse(
                                "{\"query\":\"x\",\"allowed_domains\":[\"a.example\"],\"blocked_domains\":[\"sub.a.example\"]}"));

        assertThat(only.objects("results"))
                .extracting(hit -> hit.string("title").orElse(""))
                .containsExactly("One");
    }

    @Test
    void asksBrave() throws Exception {
        service.answerWhen(
                _ -> true,
                _ ->
                        Reply.json(
                                200,
                                "{\"web\":{\"results\":[{\"title\":\"B\",\"url\":\"https://b.example\",\"description\":\"d\",\"page_age\":\"2026-01-01\"}]}}"));

        var found =
                search(
                        JsonObject.of("query", "x").with("page", 2),
                        "WEB_SEARCH_PROVIDER",
                        "brave",
                        "WEB_SEARCH_API_KEY",
                        "key-1");

        assertThat(service.last().header("x-subscription-token")).hasValue("key-1");
        assertThat(service.last().queryValue("offset")).hasValue("1");
        assertThat(found.objects("results").getFirst().string("snippet")).hasValue("d");
    }

    @Test
    void asksTavily() throws Exception {
        service.answerWhen(
                _ -> true,
                _ ->
                        Reply.json(
                                200,
                                "{\"results\":[{\"title\":\"1\",\"url\":\"https://b.example/1\",\"content\":\"c\"},{\"title\":\"2\",\"url\":\"https://b.example/2\",\"content\":\"c\"}]}"));

        var found =
                search(
                        JsonObject.of("query", "x").with("page", 2).with("limit", 1),
                        "WEB_SEARCH_PROVIDER",
                        "tavily",
                        "WEB_SEARCH_API_KEY",
                        "key-1");

        assertThat(service.last().header("authorization")).hasValue("Bearer key-1");
        assertThat(service.last().json().number("max_results")).isEqualTo(2);
        assertThat(found.objects("results").getFirst().string("title")).hasValue("2");
    }

    @Test
    void asksAgainAfterAPassingFailure() throws Exception {
        service.replyWhen(_ -> true, Reply.json(503, "{}"))
                .replyWhen(_ -> true, Reply.reset())
                .replyWhen(_ -> true, Reply.json(200, SEARXNG));

        assertThat(search(JsonObject.of("query", "x")).objects("results")).isNotEmpty();
        assertThat(service.requests()).hasSize(3);
    }

    @Test
    void saysWhatIsWrongWithTheService() {
        service.answerWhen(_ -> true, _ -> Reply.json(403, "{}"));
        assertThatThrownBy(() -> search(JsonObject.of("query", "x")))
                .hasMessageContaining("search.formats");

        service.answerWhen(_ -> true, _ -> Reply.html(200, "<html>"));
        assertThatThrownBy(() -> search(JsonObject.of("query", "x")))
                .hasMessageContaining("no JSON");

        service.answerWhen(
                _ -> true,
                _ -> Reply.of(302, "text/plain", "").header("location", "http://127.0.0.1:1/"));
        assertThatThrownBy(() -> search(JsonObject.of("query", "x")))
                .hasMessageContaining("HTTP 302");
    }

    private JsonObject search(JsonObject input, String... more) throws Exception {
        var settings = new String[more.length + 2];
        System.arraycopy(more, 0, settings, 2, more.length);
        settings[0] = "WEB_SEARCH_ENDPOINT";
        settings[1] = service.url("/search").toString();
        var tool =
                new WebSearchTool(
                        new SearchClient(
                                WebTrial.settings(settings),
                                (CompletableFuture<?> _, java.time.Duration _) -> false));
        return WebTrial.json(WebTrial.call(tool, input));
    }
}
