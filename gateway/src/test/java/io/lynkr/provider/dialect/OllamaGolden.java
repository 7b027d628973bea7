package io.lynkr.provider.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.message.Headers;
import io.lynkr.message.MessagesRequest;
import io.lynkr.provider.Translation;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * One case of the protocol reference, as Ollama's own chat has it: {@code golden/ollama/ID.json}.
 */
record OllamaGolden(String id, JsonObject json) {
    private static final long GUESS = 7;

    static Stream<OllamaGolden> all(String kind) {
        return GoldenCases.in("ollama", kind, OllamaGolden::new);
    }

    MessagesRequest request() {
        return GoldenCases.request(json, "qwen3");
    }

    Translation translate() {
        var count = new AtomicInteger();
        var dialect =
                new OllamaDialect(
                        (int) json.integer("contextLength").orElse(0),
                        _ -> GUESS,
                        () -> "u" + count.incrementAndGet());
        return dialect.translate(request(), Headers.NONE);
    }

    List<String> strings(String field) {
        return json.array(field).map(JsonArray::strings).orElse(List.of());
    }

    /** The upstream's bytes; what is an object is a line. */
    byte[] upstream() {
        var text = new StringBuilder();
        for (var part : json.array("upstream").orElseThrow()) {
            if (part instanceof JsonString raw) {
                text.append(raw.value());
            } else {
                text.append(part).append('\n');
            }
        }
        return text.toString().getBytes(UTF_8);
    }

    @Override
    public String toString() {
        return id + ": " + json.string("what").orElse("");
    }
}
