package io.lynkr.tool.web;

import io.lynkr.config.Secret;
import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.resilience.Deadline;
import io.lynkr.resilience.Sleeper;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;

/**
 * Asks the operator's search service, at exactly the address that was set: no redirect is followed.
 * What fails for a passing reason is asked again.
 */
final class SearchClient {
    private static final int MOST_BYTES = 4 << 20;
    private static final Duration FIRST_DELAY = Duration.ofMillis(300);

    private final WebSettings settings;
    private final Sleeper sleeper;

    SearchClient(WebSettings settings, Sleeper sleeper) {
        this.settings = settings;
        this.sleeper = sleeper;
    }

    List<SearchHit> search(SearchService.Question question, Deadline turn)
            throws ToolException, InterruptedException {
        var deadline = Deadline.after(turn.atMost(settings.timeout()));
        var delay = FIRST_DELAY;
        for (int retry = 0; ; retry++) {
            try {
                return answer(question, deadline);
            } catch (PassingFailure failure) {
                if (retry == settings.retries() || deadline.remaining().compareTo(delay) <= 0) {
                    throw failure.asToolException();
                }
                sleeper.sleep(delay);
                delay = delay.multipliedBy(2);
            }
        }
    }

    private List<SearchHit> answer(SearchService.Question question, Deadline deadline)
            throws ToolException, PassingFailure, InterruptedException {
        var response = ask(question, deadline);
        return switch (response.statusCode()) {
            case 200 -> hits(question, json(response.body()));
            case 408, 429, 500, 502, 503, 504 ->
                    throw new PassingFailure("it answered HTTP " + response.statusCode());
            case 401, 403 ->
                    throw unavailable(
                            "it refused (HTTP %d): check WEB_SEARCH_API_KEY; a SearxNG must have json among its search.formats"
                                    .formatted(response.statusCode()));
            default ->
                    throw unavailable(
                            "it answered HTTP %d; check WEB_SEARCH_ENDPOINT"
                                    .formatted(response.statusCode()));
        };
    }

    private List<SearchHit> hits(SearchService.Question question, JsonObject answer) {
        var service = settings.service();
        return service.read(answer).stream()
                .skip(service.skipped(question))
                .limit(question.limit())
                .toList();
    }

    private HttpResponse<byte[]> ask(SearchService.Question question, Deadline deadline)
            throws PassingFailure, InterruptedException {
        var place = settings.endpoint().orElseGet(settings.service()::usualPlace);
        var key = settings.apiKey().map(Secret::reveal).orElse("");
        var request =
                settings.service()
                        .ask(place, question, key)
                        .header("accept", "application/json")
                        .timeout(atLeastAMilli(deadline.remaining()))
                        .build();
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(
                    request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        } catch (HttpTimeoutException late) {
            throw new PassingFailure("it did not answer in time (WEB_SEARCH_TIMEOUT_MS)");
        } catch (IOException broken) {
            throw new PassingFailure(
                    "it cannot be reached at %s; check WEB_SEARCH_ENDPOINT"
                            .formatted(withoutQuery(place)));
        }
    }

    private static Duration atLeastAMilli(Duration left) {
        return left.compareTo(Duration.ofMillis(1)) > 0 ? left : Duration.ofMillis(1);
    }

    private static URI withoutQuery(URI place) {
        return place.resolve(place.getRawPath().isEmpty() ? "/" : place.getRawPath());
    }

    private static JsonObject json(byte[] body) throws ToolException {
        try {
            return JsonObject.parse(body);
        } catch (JsonException garbled) {
            throw unavailable("its answer is no JSON; a SearxNG must have json among its formats");
        }
    }

    private static ToolException unavailable(String why) {
        return new ToolException(Kind.UNAVAILABLE, "the search service gave no answer: " + why);
    }

    /** Asking again may help. */
    private static final class PassingFailure extends Exception {
        private static final long serialVersionUID = 1L;

        private final String why;

        PassingFailure(String why) {
            super(why);
            this.why = why;
        }

        ToolException asToolException() {
            return unavailable(why);
        }
    }
}
