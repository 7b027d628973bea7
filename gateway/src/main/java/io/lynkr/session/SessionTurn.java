package io.lynkr.session;

import io.lynkr.json.JsonObject;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A turn that is over, as it is handed to a store: with the whole history that its request carried.
 *
 * @param messages of the request, all of them
 * @param answer the message that the client got, or as much of it as there was
 * @param facts what else is known, by name: {@code requestId}, {@code provider}, {@code model},
 *     {@code stream}, {@code outcome}, {@code usage}, {@code error}, {@code tools}
 */
public record SessionTurn(
        Talk talk,
        Instant begunAt,
        Duration took,
        List<JsonObject> messages,
        Optional<JsonObject> answer,
        JsonObject facts) {

    public SessionTurn {
        messages = List.copyOf(messages);
    }

    /** The same turn with every text in it rewritten. */
    SessionTurn mapTexts(UnaryOperator<String> change) {
        return new SessionTurn(
                talk,
                begunAt,
                took,
                messages.stream().map(message -> Texts.map(message, change)).toList(),
                answer.map(message -> Texts.map(message, change)),
                Texts.map(facts, change));
    }
}
