package io.lynkr.session;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.function.UnaryOperator;

/** Rewrites the texts in a JSON value, however they are spelled there. */
final class Texts {
    private Texts() {}

    static JsonObject map(JsonObject object, UnaryOperator<String> change) {
        var members = new LinkedHashMap<String, JsonValue>();
        boolean changed = false;
        for (var member : object.members().entrySet()) {
            var mapped = map(member.getValue(), change);
            changed |= isOther(mapped, member.getValue());
            members.put(member.getKey(), mapped);
        }
        return changed ? JsonObject.copyOf(members) : object;
    }

    private static JsonValue map(JsonValue value, UnaryOperator<String> change) {
        return switch (value) {
            case JsonObject object -> map(object, change);
            case JsonArray array -> map(array, change);
            case JsonString text -> {
                var mapped = change.apply(text.value());
                yield mapped.equals(text.value()) ? text : JsonString.of(mapped);
            }
            default -> value;
        };
    }

    private static JsonArray map(JsonArray array, UnaryOperator<String> change) {
        var values = new ArrayList<JsonValue>();
        boolean changed = false;
        for (var value : array) {
            var mapped = map(value, change);
            changed |= isOther(mapped, value);
            values.add(mapped);
        }
        return changed ? JsonArray.copyOf(values) : array;
    }

    /** What was not changed is kept as it was read, with its bytes. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isOther(JsonValue mapped, JsonValue value) {
        return mapped != value;
    }
}
