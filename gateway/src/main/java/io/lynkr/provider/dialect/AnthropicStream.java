package io.lynkr.provider.dialect;

import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.message.ApiError;
import io.lynkr.message.StreamEvent;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.StreamTranslator;
import io.lynkr.sse.SseException;
import io.lynkr.sse.SseFrame;
import io.lynkr.sse.SseReader;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Passes a stream of the Messages API on, frame by frame, as it came. */
final class AnthropicStream implements StreamTranslator {
    /** Larger than any request may be; a result block comes whole in its start event. */
    private static final int MAX_FRAME = 64 << 20;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final SseReader reader = new SseReader(MAX_FRAME);
    private boolean started;
    private boolean complete;

    /** Frames come through a callback that cannot throw; the first failure ends the stream. */
    private @Nullable ProviderException failure;

    @Override
    public void feed(byte[] bytes, int from, int to, Consumer<StreamEvent> events)
            throws ProviderException {
        try {
            reader.feed(bytes, from, to, frame -> take(frame, events));
        } catch (SseException tooLarge) {
            throw AnthropicAnswer.garbled("the backend sent " + tooLarge.getMessage());
        }
        failIfBroken();
    }

    @Override
    public void end(Consumer<StreamEvent> events) throws ProviderException {
        reader.end(last -> takeIfWhole(last, events));
        failIfBroken();
        if (!complete) {
            throw AnthropicAnswer.cut(
                    started
                            ? "the backend's stream ended in the middle of the answer"
                            : "the backend's stream ended before the answer began");
        }
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    private void failIfBroken() throws ProviderException {
        if (failure != null) {
            throw failure;
        }
    }

    /** What came without its blank line may be half an event, which no client could read. */
    private void takeIfWhole(SseFrame last, Consumer<StreamEvent> events) {
        try {
            JsonObject.parse(last.data());
        } catch (JsonException cutOff) {
            return;
        }
        take(last, events);
    }

    private void take(SseFrame frame, Consumer<StreamEvent> events) {
        if (complete || failure != null) {
            return;
        }
        try {
            if (frame.hasData() && !frame.hasName()) {
                passNameless(frame, events);
            } else {
                pass(frame, events);
            }
        } catch (ProviderException broken) {
            failure = broken;
        }
    }

    private void pass(SseFrame frame, Consumer<StreamEvent> events) throws ProviderException {
        if (!started) {
            refuseBadStart(frame);
            started = frame.isNamed(StreamEvent.MESSAGE_START);
        }
        events.accept(StreamEvent.of(frame));
        // After an error nothing can follow: the stream has ended, as badly as it may.
        complete = frame.isNamed(StreamEvent.MESSAGE_STOP) || frame.isNamed(StreamEvent.ERROR);
    }

    /** While nothing of the answer is out, a refusal can still become an HTTP status. */
    private static void refuseBadStart(SseFrame frame) throws ProviderException {
        if (frame.isNamed(StreamEvent.ERROR)) {
            throw refusedBy(frame);
        }
        if (isPartOfMessage(frame.name()) && !frame.isNamed(StreamEvent.MESSAGE_START)) {
            throw AnthropicAnswer.garbled(
                    "the backend's stream begins with " + frame.name() + ", not message_start");
        }
    }

    /** Clients pass over data without a name, so the name is taken from the data's own type. */
    private void passNameless(SseFrame frame, Consumer<StreamEvent> events)
            throws ProviderException {
        byte[] data = onOneLine(frame.data());
        if (data.length == 0 || Arrays.equals(data, DONE)) {
            return;
        }
        var json = object(data);
        if (json.type().isEmpty() && json.has("error")) {
            json = ErrorBody.read(502, data).toJson();
            data = json.toBytes();
        }
        if (!NAME.matcher(json.type()).matches()) {
            throw AnthropicAnswer.garbled(
                    "the backend's stream carries JSON that is no event of the Messages API");
        }
        pass(SseFrame.of(json.type(), data), events);
    }

    /** Line ends in JSON are white space: in a text they are escaped. */
    private static byte[] onOneLine(byte[] data) {
        for (int i = 0; i < data.length; i++) {
            if (data[i] == '\n' || data[i] == '\r') {
                data[i] = ' ';
            }
        }
        return data;
    }

    private static boolean isPartOfMessage(String name) {
        return name.startsWith("content_block_") || name.startsWith("message_");
    }

    private static ProviderException refusedBy(SseFrame frame) throws ProviderException {
        byte[] data = frame.data();
        var error = ApiError.read(200, object(data));
        return error.isPresent()
                ? AnthropicAnswer.refused(error.get(), data)
                : AnthropicAnswer.garbled(
                        "the backend's stream begins with an error: "
                                + ErrorBody.read(502, data).message());
    }

    private static JsonObject object(byte[] data) throws ProviderException {
        try {
            return JsonObject.parse(data);
        } catch (JsonException broken) {
            throw AnthropicAnswer.garbled(
                    "the backend's stream carries data that is no JSON object");
        }
    }
}
