package io.lynkr.agent;

import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.message.StreamEvent;
import io.lynkr.message.Usage;

/**
 * Says in an answer's usage what the response cache did. Prompt tokens are only moved from one
 * count to another, so that their sum stays what the backend counted.
 */
final class CacheUsage {
    private static final String USAGE = "usage";

    private CacheUsage() {}

    /** A message that came from the cache: its whole prompt was read there. */
    static JsonObject read(JsonObject holder, long promptTokens) {
        return replaced(holder, new Usage(0, 0, promptTokens, 0));
    }

    /** A message that goes into the cache: its prompt is written there. */
    static JsonObject created(JsonObject holder) {
        var usage = Usage.of(holder.object(USAGE).orElse(JsonObject.EMPTY));
        return replaced(holder, new Usage(0, usage.prompt(), 0, 0));
    }

    /** The same for an event that tells tokens of the prompt; others stay as they are. */
    static StreamEvent created(StreamEvent event) {
        try {
            if (event.is(StreamEvent.MESSAGE_START)) {
                var message = event.data().object("message").orElse(JsonObject.EMPTY);
                return StreamEvent.of(event.data().with("message", created(message)));
            }
            return event.is(StreamEvent.MESSAGE_DELTA)
                    ? StreamEvent.of(created(event.data()))
                    : event;
        } catch (JsonException unreadable) {
            return event;
        }
    }

    private static JsonObject replaced(JsonObject holder, Usage prompt) {
        var usage = holder.object(USAGE);
        if (usage.isEmpty() || !usage.get().has("input_tokens")) {
            return holder;
        }
        var counts = usage.get();
        for (var count : prompt.toJson().without("output_tokens").members().entrySet()) {
            counts = counts.with(count.getKey(), count.getValue());
        }
        return holder.with(USAGE, counts);
    }
}
