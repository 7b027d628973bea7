package io.lynkr.http;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonNumber;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;
import io.lynkr.message.ApiError;
import io.lynkr.message.ApiException;
import io.lynkr.message.Headers;
import io.lynkr.observability.RequestFacts;
import io.lynkr.session.KeptTurn;
import io.lynkr.session.Session;
import io.lynkr.session.SessionStore;
import io.lynkr.session.SessionSummary;
import io.lynkr.session.TranscriptWriter;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /debug/session}: what was said in the session that the headers name, by page. Shows
 * those of the caller's own access token only.
 */
final class DebugSessionHandler implements Handler {
    private static final Logger LOG = LoggerFactory.getLogger(DebugSessionHandler.class);
    private static final int USUAL_LIMIT = 50;
    private static final int MOST = 500;

    /** So that a client sees the turn whose answer it has just got. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final TranscriptWriter transcripts;
    private final SessionStore store;

    DebugSessionHandler(TranscriptWriter transcripts, SessionStore store) {
        this.transcripts = transcripts;
        this.store = store;
    }

    @Override
    public void handle(Exchange exchange) throws InterruptedException {
        var head = exchange.head();
        var id =
                Session.of(head.headers(), JsonObject.EMPTY)
                        .id()
                        .orElseThrow(() -> invalid("name the session in the header x-session-id"));
        long after = number(head, "after", 0, Long.MAX_VALUE).orElse(0L);
        int limit = number(head, "limit", 1, MOST).map(Long::intValue).orElse(USUAL_LIMIT);
        transcripts.flush(PATIENCE);
        exchange.respondJson(200, Headers.NONE, page(id, after, limit).toBytes());
    }

    private JsonObject page(String id, long after, int limit) {
        var owner = RequestFacts.current().user();
        try {
            var session =
                    store.find(owner, id)
                            .orElseThrow(
                                    () ->
                                            new ApiException(
                                                    ApiError.notFound(
                                                            "nothing is kept of this session")));
            return JsonObject.of(
                    "session", json(session, store.turns(owner, id, after, limit), limit));
        } catch (IOException broken) {
            LOG.error("a session cannot be shown", broken);
            throw new ApiException(
                    ApiError.api(500, "the gateway's records cannot be read; its log tells more"));
        }
    }

    private static JsonObject json(SessionSummary session, List<KeptTurn> turns, int limit) {
        var history = turns.stream().flatMap(turn -> SessionHistory.of(turn).stream()).toList();
        JsonValue next = turns.size() < limit ? JsonNull.NULL : JsonNumber.of(turns.getLast().id());
        return JsonObject.of("id", session.id())
                .with("createdAt", session.createdAt().toEpochMilli())
                .with("updatedAt", session.updatedAt().toEpochMilli())
                .with("metadata", JsonObject.EMPTY.with("turns", session.turns()))
                .with("history", JsonArray.copyOf(history))
                .with("next", next);
    }

    private static Optional<Long> number(RequestHead head, String name, long min, long max) {
        return head.parameter(name)
                .map(
                        text -> {
                            try {
                                long number = Long.parseLong(text);
                                if (number >= min && number <= max) {
                                    return number;
                                }
                            } catch (NumberFormatException notOne) {
                                // told below, with those out of range
                            }
                            throw invalid(
                                    name + " must be a whole number from " + min + " to " + max);
                        });
    }

    private static ApiException invalid(String message) {
        return new ApiException(ApiError.invalidRequest(message));
    }
}
