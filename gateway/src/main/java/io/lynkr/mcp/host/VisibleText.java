package io.lynkr.mcp.host;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes out of descriptions what a model reads and a person does not see: characters without width,
 * direction marks and the tag characters of Unicode; and cuts what is too long to be one.
 */
final class VisibleText {
    private static final Pattern UNSEEN =
            Pattern.compile(
                    "[\\p{Cntrl}&&[^\\n\\t]]|[\\u00AD\\u061C\\u180E\\u200B-\\u200F\\u202A-\\u202E"
                            + "\\u2060-\\u206F\\uFEFF]|[\\x{E0000}-\\x{E007F}]");
    private static final Set<String> PROSE = Set.of("description", "title");
    private static final int LONGEST = 2_048;
    private static final int DEEPEST = 40;

    private VisibleText() {}

    /** A tool's definition whose prose is all to be seen. */
    static JsonObject of(JsonObject definition) {
        return (JsonObject) clean(definition, 0);
    }

    private static JsonValue clean(JsonValue value, int depth) {
        if (depth > DEEPEST) {
            return JsonObject.EMPTY;
        }
        return switch (value) {
            case JsonObject object -> {
                var cleaned = JsonObject.EMPTY;
                for (var member : object.members().entrySet()) {
                    cleaned =
                            cleaned.with(
                                    member.getKey(),
                                    PROSE.contains(member.getKey())
                                                    && member.getValue() instanceof JsonString text
                                            ? JsonString.of(clean(text.value()))
                                            : clean(member.getValue(), depth + 1));
                }
                yield cleaned;
            }
            case JsonArray array ->
                    JsonArray.copyOf(
                            array.values().stream().map(each -> clean(each, depth + 1)).toList());
            default -> value;
        };
    }

    static String clean(String text) {
        var visible = UNSEEN.matcher(text).replaceAll("");
        return visible.length() > LONGEST ? visible.substring(0, LONGEST) + "…" : visible;
    }
}
