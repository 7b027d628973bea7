package io.lynkr.agent;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonNumber;
import io.lynkr.json.JsonObject;
import io.lynkr.observability.Outcome;
import io.lynkr.observability.RequestFacts;
import io.lynkr.session.SessionTurn;
import io.lynkr.session.Talk;
import io.lynkr.tool.ToolRuns;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A turn that is over, as far as its transcript is concerned; nothing of its bytes is read yet.
 *
 * @param facts all that is known besides request and answer
 */
record ToldTurn(
        Turn turn,
        Talk talk,
        Duration took,
        JsonObject facts,
        List<JsonObject> tools,
        ToldAnswer answer) {

    static ToldTurn of(
            Turn turn, RequestFacts known, Outcome outcome, ToolRuns tools, ToldAnswer answer) {
        var session = turn.session();
        return new ToldTurn(
                turn,
                new Talk(known.user(), session.id().orElse(""), session.agent().orElse("")),
                known.took(),
                facts(turn, known, outcome),
                tools.all(),
                answer);
    }

    private static JsonObject facts(Turn turn, RequestFacts known, Outcome outcome) {
        var tokens = known.tokens();
        var usage =
                JsonObject.EMPTY
                        .with("input_tokens", tokens.input())
                        .with("cache_creation_input_tokens", tokens.cacheCreation())
                        .with("cache_read_input_tokens", tokens.cacheRead())
                        .with("output_tokens", tokens.output());
        return JsonObject.of("requestId", turn.requestId())
                .with("provider", known.provider())
                .with("model", known.model())
                .with("stream", turn.request().stream())
                .with("outcome", outcome.word())
                .with("usage", usage)
                .withOptional("costUsd", known.cost().map(JsonNumber::of));
    }

    SessionTurn read(Instant endedAt) {
        var read = answer.read();
        var all = facts.withOptional("error", read.error());
        if (read.message().isPresent() && (answer.cut() || read.error().isPresent())) {
            all = all.with("answerIsComplete", false);
        }
        if (!tools.isEmpty()) {
            all = all.with("tools", JsonArray.copyOf(tools));
        }
        return new SessionTurn(
                talk,
                endedAt.minus(took),
                took,
                turn.request().messages(),
                read.message().map(ToldTurn::withoutUsage),
                all);
    }

    /** It stands among the facts, summed up over all steps. */
    private static JsonObject withoutUsage(JsonObject message) {
        return message.without("usage");
    }
}
