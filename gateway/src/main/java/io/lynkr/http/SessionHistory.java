package io.lynkr.http;

import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;
import io.lynkr.session.KeptTurn;

import java.util.ArrayList;
import java.util.List;

/**
 * A turn as the entries that {@code GET /debug/session} lists: {@code {role, type, status, content,
 * metadata, timestamp}}, each of one message, one tool that ran here, one answer or one error.
 */
final class SessionHistory {
    private final KeptTurn turn;
    private final List<JsonObject> entries = new ArrayList<>();

    private SessionHistory(KeptTurn turn) {
        this.turn = turn;
    }

    static List<JsonObject> of(KeptTurn turn) {
        var history = new SessionHistory(turn);
        history.addMessages();
        history.addTools();
        history.addAnswer();
        history.addError();
        return history.entries;
    }

    private void addMessages() {
        var about = about().with("history", turn.history().word());
        for (var message : turn.messages()) {
            add(
                    message.string("role").orElse(""),
                    "message",
                    JsonNull.NULL,
                    message.get("content").orElse(JsonNull.NULL),
                    about);
        }
    }

    private void addTools() {
        for (var run : turn.facts().objects("tools")) {
            add(
                    "tool",
                    "tool_result",
                    run.get("result").orElse(JsonNull.NULL),
                    run.get("content").orElse(JsonNull.NULL),
                    about().with("tool", run.without("content").without("result")));
        }
    }

    private void addAnswer() {
        turn.answer()
                .ifPresent(
                        answer ->
                                add("assistant", "message", outcome(), answer, withFacts(about())));
    }

    private void addError() {
        turn.facts()
                .object("error")
                .ifPresent(
                        error -> add("assistant", "error", outcome(), error, withFacts(about())));
    }

    private JsonValue outcome() {
        return turn.facts().get("outcome").orElse(JsonNull.NULL);
    }

    private JsonObject withFacts(JsonObject about) {
        var all = about.with("durationMs", turn.took().toMillis());
        for (var fact : turn.facts().without("tools").without("error").members().entrySet()) {
            all = all.with(fact.getKey(), fact.getValue());
        }
        return all;
    }

    private JsonObject about() {
        var about = JsonObject.EMPTY.with("turn", turn.id());
        return turn.talk().agent().isEmpty() ? about : about.with("agent", turn.talk().agent());
    }

    private void add(
            String role, String type, JsonValue status, JsonValue content, JsonObject metadata) {
        entries.add(
                JsonObject.of("role", role)
                        .with("type", type)
                        .with("status", status)
                        .with("content", content)
                        .with("metadata", metadata)
                        .with("timestamp", turn.begunAt().toEpochMilli()));
    }
}
