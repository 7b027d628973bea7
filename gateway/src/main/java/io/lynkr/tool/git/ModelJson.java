package io.lynkr.tool.git;

import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;

import java.util.Optional;

/** Finds the JSON object in what a model wrote: alone, in a fence, or among sentences. */
final class ModelJson {
    private ModelJson() {}

    /** The first object that is whole; empty if there is none. */
    static Optional<JsonObject> in(String answer) {
        int from = answer.indexOf('{');
        int tries = 0;
        while (from >= 0 && tries++ < 50) {
            int end = end(answer, from);
            if (end > from) {
                try {
                    return Optional.of(JsonObject.parse(answer.substring(from, end)));
                } catch (JsonException noJson) {
                    // a brace in a sentence; the next one may begin it
                }
            }
            from = answer.indexOf('{', from + 1);
        }
        return Optional.empty();
    }

    /** Behind the brace that closes the one at {@code from}; -1 if none does. */
    private static int end(String text, int from) {
        int depth = 0;
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }
}
