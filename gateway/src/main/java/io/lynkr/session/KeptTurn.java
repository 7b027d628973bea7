package io.lynkr.session;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonNumber;
import io.lynkr.json.JsonObject;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A turn as it is kept: what was new in its request, and its answer.
 *
 * @param id rises with every turn that is kept
 * @param history how it goes on from what was there
 * @param after the turn that it goes on from
 * @param earlier how many messages of its request are kept with turns before it
 * @param messages of its request that were new
 * @param facts as in {@link SessionTurn}
 */
public record KeptTurn(
        long id,
        Talk talk,
        Instant begunAt,
        Duration took,
        History history,
        OptionalLong after,
        int earlier,
        List<JsonObject> messages,
        Optional<JsonObject> answer,
        JsonObject facts) {

    public KeptTurn {
        messages = List.copyOf(messages);
    }

    public static KeptTurn of(long id, SessionTurn turn, NewPart part) {
        return new KeptTurn(
                id,
                turn.talk(),
                turn.begunAt(),
                turn.took(),
                part.history(),
                part.after(),
                part.earlier(),
                part.messages(),
                turn.answer(),
                turn.facts());
    }

    /** For programs: one object with everything. */
    public JsonObject toJson() {
        var json =
                JsonObject.EMPTY
                        .with("id", id)
                        .with("session", talk.session())
                        .with("owner", talk.owner())
                        .with("agent", talk.agent())
                        .with("begunAt", begunAt.toString())
                        .with("durationMs", took.toMillis())
                        .with("history", history.word());
        if (after.isPresent()) {
            json = json.with("after", JsonNumber.of(after.getAsLong()));
        }
        json = json.with("earlierMessages", earlier).with("messages", JsonArray.copyOf(messages));
        json = json.withOptional("answer", answer);
        for (var fact : facts.members().entrySet()) {
            json = json.with(fact.getKey(), fact.getValue());
        }
        return json;
    }
}
