package io.lynkr.tool.web;

import io.lynkr.json.JsonObject;

import org.jsoup.Jsoup;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Kinds of search services: how each is asked, and how its answer is read. */
public enum SearchService {
    /** <a href="https://docs.searxng.org/dev/search_api.html">SearxNG</a> with its JSON format. */
    SEARXNG("http://localhost:8888/search", false) {
        @Override
        HttpRequest.Builder ask(URI place, Question question, String key) {
            var request =
                    HttpRequest.newBuilder(
                            with(
                                    place,
                                    "q=" + encoded(question.query),
                                    "format=json",
                                    "pageno=" + question.page));
            return key.isEmpty() ? request : request.header("authorization", "Bearer " + key);
        }

        @Override
        List<SearchHit> read(JsonObject answer) {
            return hits(answer.objects("results"), "content", "publishedDate");
        }
    },

    /** <a href="https://api-dashboard.search.brave.com/app/documentation">Brave Search</a>. */
    BRAVE("https://api.search.brave.com/res/v1/web/search", true) {
        @Override
        HttpRequest.Builder ask(URI place, Question question, String key) {
            return HttpRequest.newBuilder(
                            with(
                                    place,
                                    "q=" + encoded(question.query),
                                    "count=" + question.limit,
                                    "offset=" + (question.page - 1)))
                    .header("x-subscription-token", key);
        }

        @Override
        List<SearchHit> read(JsonObject answer) {
            var web = answer.object("web").orElse(JsonObject.EMPTY);
            return hits(web.objects("results"), "description", "page_age");
        }
    },

    /** <a href="https://docs.tavily.com/documentation/api-reference">Tavily</a> and its like. */
    TAVILY("https://api.tavily.com/search", true) {
        @Override
        HttpRequest.Builder ask(URI place, Question question, String key) {
            var body =
                    JsonObject.of("query", question.query)
                            .with("max_results", (long) question.limit * question.page);
            return HttpRequest.newBuilder(place)
                    .header("authorization", "Bearer " + key)
                    .header("content-type", "application/json")
                    .POST(BodyPublishers.ofByteArray(body.toBytes()));
        }

        // It knows no pages: the earlier ones come along.
        @Override
        int skipped(Question question) {
            return question.limit * (question.page - 1);
        }

        @Override
        List<SearchHit> read(JsonObject answer) {
            return hits(answer.objects("results"), "content", "published_date");
        }
    };

    private final URI usualPlace;
    private final boolean needsKey;

    SearchService(String usualPlace, boolean needsKey) {
        this.usualPlace = URI.create(usualPlace);
        this.needsKey = needsKey;
    }

    /**
     * What is searched for.
     *
     * @param limit how many hits are wanted at most
     * @param page from 1 on
     */
    record Question(String query, int limit, int page) {}

    /** Where the service usually is. */
    URI usualPlace() {
        return usualPlace;
    }

    boolean needsKey() {
        return needsKey;
    }

    abstract HttpRequest.Builder ask(URI place, Question question, String key);

    abstract List<SearchHit> read(JsonObject answer);

    /** How many hits of the answer belong to earlier pages. */
    int skipped(Question question) {
        return 0;
    }

    private static List<SearchHit> hits(List<JsonObject> results, String snippet, String age) {
        return results.stream()
                .map(
                        result ->
                                new SearchHit(
                                        plain(result.string("title").orElse("")),
                                        result.string("url").orElse(""),
                                        plain(result.string(snippet).orElse("")),
                                        result.string(age).orElse("")))
                .filter(hit -> hit.url().startsWith("http"))
                .toList();
    }

    /** Services mark what was found with HTML. */
    private static String plain(String text) {
        return Jsoup.parseBodyFragment(text).text();
    }

    private static URI with(URI place, String... parameters) {
        var sign = place.getRawQuery() == null ? "?" : "&";
        return URI.create(place + sign + String.join("&", parameters));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
