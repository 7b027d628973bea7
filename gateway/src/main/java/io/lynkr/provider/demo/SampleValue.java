package io.lynkr.provider.demo;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonBool;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonNumber;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Makes up the smallest value that fits a JSON schema, with a text where one is asked for. */
record SampleValue(String text) {
    private static final int MAX_DEPTH = 16;

    JsonObject object(JsonObject schema) {
        return object(schema, 0);
    }

    private JsonObject object(JsonObject schema, int depth) {
        var properties = schema.object("properties").orElse(JsonObject.EMPTY);
        var value = JsonObject.EMPTY;
        for (var name : schema.array("required").map(JsonArray::strings).orElse(List.of())) {
            value =
                    value.with(
                            name,
                            value(properties.object(name).orElse(JsonObject.EMPTY), depth + 1));
        }
        return value;
    }

    private JsonValue value(JsonObject schema, int depth) {
        if (depth > MAX_DEPTH) {
            return JsonNull.NULL;
        }
        var given = given(schema);
        if (!given.isEmpty()) {
            return given.getFirst();
        }
        for (var choice : List.of("anyOf", "oneOf", "allOf")) {
            var schemas = schema.objects(choice);
            if (!schemas.isEmpty()) {
                return value(schemas.getFirst(), depth + 1);
            }
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "integer", "number" -> number(schema);
            case "boolean" -> JsonBool.FALSE;
            case "null" -> JsonNull.NULL;
            default -> JsonString.of(string(schema));
        };
    }

    /** Values that the schema itself names. */
    private static List<JsonValue> given(JsonObject schema) {
        return Stream.of(
                        schema.get("const").stream(),
                        schema.get("default").stream(),
                        schema.array("enum").stream().flatMap(values -> values.values().stream()))
                .flatMap(values -> values)
                .toList();
    }

    private static String type(JsonObject schema) {
        return schema.array("type").map(JsonArray::strings).stream()
                .flatMap(List::stream)
                .filter(type -> !type.equals("null"))
                .findFirst()
                .orElse(schema.type());
    }

    private JsonArray array(JsonObject schema, int depth) {
        var items = new ArrayList<JsonValue>();
        long count = Math.min(10, schema.integer("minItems").orElse(0));
        for (int i = 0; i < count; i++) {
            items.add(value(schema.object("items").orElse(JsonObject.EMPTY), depth + 1));
        }
        return JsonArray.copyOf(items);
    }

    private static JsonNumber number(JsonObject schema) {
        return schema.number("minimum")
                .or(() -> schema.number("exclusiveMinimum").map(above -> above.add(BigDecimal.ONE)))
                .map(JsonNumber::of)
                .orElse(JsonNumber.of(1));
    }

    private String string(JsonObject schema) {
        if (schema.string("format").orElse("").startsWith("uri")) {
            return "https://example.com/";
        }
        OptionalLong longest = schema.integer("maxLength");
        return longest.isPresent() && longest.getAsLong() < text.length()
                ? text.substring(0, (int) Math.max(0, longest.getAsLong()))
                : text;
    }
}
