package io.lynkr.agent;

import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.message.StreamEvent;
import io.lynkr.observability.Outcome;
import io.lynkr.observability.RequestFacts;
import io.lynkr.provider.EventSink;
import io.lynkr.provider.ForwardingSink;

import java.util.Optional;

/**
 * Reads off the events that pass what the request's facts need: token counts, when the first piece
 * of the answer came, and whether the backend broke off. Looks only into those that tell it.
 */
final class UsageObserver extends ForwardingSink {
    private final RequestFacts facts;
    private CountedTokens counted = CountedTokens.NONE;
    private boolean begun;
    private Optional<Outcome> failure = Optional.empty();

    UsageObserver(EventSink next, RequestFacts facts) {
        super(next);
        this.facts = facts;
    }

    /** What was counted so far; call it when the stream is over. */
    CountedTokens counted() {
        return counted;
    }

    /** What an {@code error} event among the events said; empty if there was none. */
    Optional<Outcome> failure() {
        return failure;
    }

    /** Takes the counts of a whole message. */
    void saw(JsonObject message) {
        message.object("usage")
                .ifPresent(
                        counts ->
                                counted =
                                        new CountedTokens(
                                                counted.usage().updatedBy(counts),
                                                longWrites(counts)));
    }

    private long longWrites(JsonObject counts) {
        return counts.object("cache_creation")
                .map(
                        kinds ->
                                kinds.integer("ephemeral_1h_input_tokens")
                                        .orElse(counted.longWrites()))
                .orElse(counted.longWrites());
    }

    @Override
    public void event(StreamEvent event) {
        if (!begun
                && (event.is(StreamEvent.CONTENT_BLOCK_START)
                        || event.is(StreamEvent.CONTENT_BLOCK_DELTA))) {
            begun = true;
            facts.firstTokenCame();
        } else if (event.is(StreamEvent.MESSAGE_START) || event.is(StreamEvent.MESSAGE_DELTA)) {
            observe(event);
        } else if (event.is(StreamEvent.ERROR)) {
            failure = Optional.of(failureIn(event));
        }
        super.event(event);
    }

    private void observe(StreamEvent event) {
        try {
            var data = event.data();
            saw(data.object("message").orElse(data));
        } catch (JsonException unreadable) {
            // The event travels on as it came; it only tells us nothing.
            return;
        }
    }

    private static Outcome failureIn(StreamEvent event) {
        try {
            return event.data()
                    .object("error")
                    .map(error -> Endings.ofEvent(error.type()))
                    .orElse(Outcome.UPSTREAM_ERRORED);
        } catch (JsonException unreadable) {
            return Outcome.UPSTREAM_ERRORED;
        }
    }
}
