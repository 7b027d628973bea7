package io.lynkr.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One wire shape in which models are asked: reads a question, refuses what the real service would
 * refuse, and writes an answer, streamed or whole as the question wants it.
 */
public sealed interface Wire permits AnthropicWire, OpenAiWire, OllamaWire {

    /** The shape that belongs to this path, if it is one on which models are asked. */
    static Optional<Wire> of(RecordedRequest request) {
        var path = request.path();
        if (!request.method().equals("POST")) {
            return Optional.empty();
        }
        if (path.endsWith("/v1/messages")) {
            return Optional.of(new AnthropicWire());
        }
        if (path.endsWith("/chat/completions") || path.endsWith("/invocations")) {
            return Optional.of(new OpenAiWire(OpenAiWire.Flavour.of(path)));
        }
        if (path.endsWith("/api/chat")) {
            return Optional.of(new OllamaWire());
        }
        return Optional.empty();
    }

    ModelRequest read(RecordedRequest request);

    /** Why the real service would answer 400, if it would. */
    Optional<String> objection(RecordedRequest request);

    /** Serial gives a new id for a prefix, for example {@code msg_}. */
    Reply render(ModelRequest request, ModelAnswer.Message answer, Function<String, String> serial);

    Reply failure(int status, String message);

    /** What goes into a stream when the service fails after it has begun. */
    String failureFrame(String message);

    /** Torn into pieces of this many characters, never inside a character. */
    static List<String> pieces(String text, int length) {
        var pieces = new ArrayList<String>();
        int start = 0;
        while (start < text.length()) {
            int end = Math.min(text.length(), start + length);
            if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
                end++;
            }
            pieces.add(text.substring(start, end));
            start = end;
        }
        return pieces;
    }
}
