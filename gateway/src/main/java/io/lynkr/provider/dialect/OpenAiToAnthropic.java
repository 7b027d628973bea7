package io.lynkr.provider.dialect;

import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;
import io.lynkr.message.MessageFolder;
import io.lynkr.message.StreamEvent;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.StreamTranslator;
import io.lynkr.sse.SseException;
import io.lynkr.sse.SseFrame;
import io.lynkr.sse.SseReader;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Turns an answer in OpenAI's chunks into events of the Messages API. A whole answer takes the same
 * way and is folded at its end, so that the two can never differ.
 */
final class OpenAiToAnthropic implements StreamTranslator {
    private static final int MAX_FRAME = 64 << 20;
    private static final String DONE = "[DONE]";

    private final SseReader reader = new SseReader(MAX_FRAME);
    private final ChatAnswer answer;

    /** Frames come through a callback that cannot throw; the first failure ends the stream. */
    private @Nullable ProviderException failure;

    OpenAiToAnthropic(AnswerKey key) {
        this.answer = new ChatAnswer(key, false);
    }

    /**
     * Turns a whole answer into a message.
     *
     * @throws ProviderException if it is none
     */
    static JsonObject whole(byte[] body, AnswerKey key) throws ProviderException {
        var json = wholeJson(body);
        var answer = new ChatAnswer(key, true);
        answer.add(json);
        if (json.objects("choices").isEmpty()) {
            throw AnthropicAnswer.garbled("the backend answered JSON that is no chat completion");
        }
        answer.end();
        var folder = new MessageFolder();
        answer.drainTo(folder::add);
        try {
            return folder.message();
        } catch (JsonException broken) {
            throw AnthropicAnswer.garbled(
                    "the backend called a tool with arguments that are no JSON object");
        }
    }

    private static JsonObject wholeJson(byte[] body) throws ProviderException {
        try {
            return JsonValue.parse(body)
                    .asObject()
                    .orElseThrow(
                            () ->
                                    AnthropicAnswer.garbled(
                                            "the backend answered JSON that is no object"));
        } catch (JsonException notJson) {
            throw AnthropicAnswer.garbled(
                    body.length == 0
                            ? "the backend answered nothing, with status 200"
                            : "the backend answered something other than JSON: "
                                    + ErrorBody.plain(body));
        }
    }

    @Override
    public void feed(byte[] bytes, int from, int to, Consumer<StreamEvent> events)
            throws ProviderException {
        try {
            reader.feed(bytes, from, to, this::take);
        } catch (SseException tooLarge) {
            throw answer.broken("the backend sent " + tooLarge.getMessage());
        }
        answer.drainTo(events);
        failIfBroken();
    }

    @Override
    public void end(Consumer<StreamEvent> events) throws ProviderException {
        reader.end(this::takeIfWhole);
        if (!answer.isEnded() && failure == null && answer.isFinished()) {
            endAnswer();
        }
        answer.drainTo(events);
        failIfBroken();
        if (!answer.isEnded()) {
            throw AnthropicAnswer.cut(
                    answer.isStarted()
                            ? "the backend's stream ended in the middle of the answer"
                            : "the backend's stream ended before the answer began");
        }
    }

    @Override
    public boolean isComplete() {
        return answer.isEnded();
    }

    @Override
    public boolean isFinished() {
        return answer.isFinished();
    }

    private void failIfBroken() throws ProviderException {
        if (failure != null) {
            throw failure;
        }
    }

    /** What came without its blank line may be half a chunk. */
    private void takeIfWhole(SseFrame last) {
        var data = last.data();
        if (isDone(data) || ArgumentRepair.isObject(new String(data, StandardCharsets.UTF_8))) {
            take(last);
        }
    }

    private void take(SseFrame frame) {
        if (answer.isEnded() || failure != null) {
            return;
        }
        var data = frame.data();
        if (isDone(data)) {
            endAnswer();
        } else if (!isBlank(data)) {
            try {
                add(data, frame.isNamed(StreamEvent.ERROR));
            } catch (ProviderException broken) {
                failure = broken;
            }
        }
    }

    private void add(byte[] data, boolean isError) throws ProviderException {
        var chunk = chunk(data);
        if (isError) {
            throw answer.failed(OpenAiErrors.read(chunk));
        }
        answer.add(chunk);
    }

    private JsonObject chunk(byte[] data) throws ProviderException {
        try {
            return JsonObject.parse(data);
        } catch (JsonException broken) {
            throw answer.broken("the backend's stream carries data that is no JSON object");
        }
    }

    private void endAnswer() {
        try {
            answer.end();
        } catch (ProviderException empty) {
            failure = empty;
        }
    }

    private static boolean isDone(byte[] data) {
        return data.length < 16 && new String(data, StandardCharsets.US_ASCII).strip().equals(DONE);
    }

    private static boolean isBlank(byte[] data) {
        for (byte b : data) {
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }
}
