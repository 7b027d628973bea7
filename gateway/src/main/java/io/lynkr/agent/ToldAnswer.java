package io.lynkr.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.message.ApiError;
import io.lynkr.message.MessageFolder;
import io.lynkr.message.StreamEvent;
import io.lynkr.sse.SseException;
import io.lynkr.sse.SseReader;

import java.util.Optional;

/**
 * The bytes of an answer, as the client got them.
 *
 * @param raw a message, or events
 * @param streamed whether they are events
 * @param cut whether there was more, or should have been
 * @param failure what was said instead of an answer, or instead of its rest
 */
record ToldAnswer(byte[] raw, boolean streamed, boolean cut, Optional<ApiError> failure) {

    /**
     * What the bytes say.
     *
     * @param message empty if nothing of it came
     * @param error in the API's words, without {@code type: error} around it
     */
    record Read(Optional<JsonObject> message, Optional<JsonObject> error) {}

    static ToldAnswer streamed(byte[] events, boolean cut) {
        return new ToldAnswer(events, true, cut, Optional.empty());
    }

    static ToldAnswer whole(byte[] message) {
        return new ToldAnswer(message, false, false, Optional.empty());
    }

    static ToldAnswer failed(byte[] events, boolean cut, ApiError error) {
        return new ToldAnswer(events, true, cut, Optional.of(error));
    }

    int bytes() {
        return raw.length;
    }

    Read read() {
        if (!streamed) {
            return new Read(Optional.of(JsonObject.parse(raw)), Optional.empty());
        }
        var folding = new Folding();
        var error = failure.map(ToldAnswer::inWords);
        try {
            var reader = new SseReader(raw.length + 1);
            reader.feed(raw, 0, raw.length, frame -> folding.take(StreamEvent.of(frame)));
            var message = folding.folder.message();
            return new Read(
                    Optional.of(message).filter(m -> m.has("role")), folding.error.or(() -> error));
        } catch (JsonException | SseException brokenOff) {
            // Such as a tool's input of which the rest never came: what there was is kept as it is.
            var events = JsonObject.of("role", "assistant").with("events", new String(raw, UTF_8));
            return new Read(Optional.of(events), folding.error.or(() -> error));
        }
    }

    private static JsonObject inWords(ApiError error) {
        return JsonObject.of("type", error.type())
                .with("message", error.message())
                .with("status", error.status());
    }

    /** Folds the events, and keeps an error apart, so that what was said before it is not lost. */
    private static final class Folding {
        private final MessageFolder folder = new MessageFolder();
        private Optional<JsonObject> error = Optional.empty();

        void take(StreamEvent event) {
            if (event.is(StreamEvent.ERROR)) {
                error = event.data().object("error");
            } else {
                folder.add(event);
            }
        }
    }
}
