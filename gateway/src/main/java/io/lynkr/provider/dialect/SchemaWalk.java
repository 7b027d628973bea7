package io.lynkr.provider.dialect;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Edits a schema and every schema inside it, innermost first. It knows where schemas can stand, so
 * a property that is called {@code format} or {@code pattern} is not taken for a keyword, and
 * values ({@code const}, {@code enum}, {@code default}) are left alone.
 */
final class SchemaWalk {
    private final UnaryOperator<JsonObject> edit;

    SchemaWalk(UnaryOperator<JsonObject> edit) {
        this.edit = edit;
    }

    /** Whether the schema's type is this one, or one of several. */
    static boolean isOfType(JsonObject schema, String type) {
        var told = schema.get("type");
        if (told.isEmpty()) {
            return false;
        }
        return told.get() instanceof JsonArray several
                ? several.strings().contains(type)
                : told.get() instanceof JsonString one && one.value().equals(type);
    }

    JsonObject walk(JsonObject schema) {
        return edit.apply(inside(schema));
    }

    private JsonObject inside(JsonObject schema) {
        var changes = new LinkedHashMap<String, JsonValue>();
        schema.forEach(
                (key, value) -> {
                    var edited = member(key, value);
                    if (isAnother(edited, value)) {
                        changes.put(key, edited);
                    }
                });
        return with(schema, changes);
    }

    private JsonValue member(String key, JsonValue value) {
        return switch (key) {
            case "properties", "patternProperties", "$defs", "definitions", "dependentSchemas" ->
                    named(value);
            case "items",
                    "prefixItems",
                    "additionalItems",
                    "unevaluatedItems",
                    "contains",
                    "additionalProperties",
                    "unevaluatedProperties",
                    "propertyNames",
                    "anyOf",
                    "oneOf",
                    "allOf",
                    "not",
                    "if",
                    "then",
                    "else" ->
                    oneOrMore(value);
            default -> value;
        };
    }

    private JsonValue named(JsonValue value) {
        if (!(value instanceof JsonObject schemas)) {
            return value;
        }
        var changes = new LinkedHashMap<String, JsonValue>();
        schemas.forEach(
                (name, schema) -> {
                    var edited = oneOrMore(schema);
                    if (isAnother(edited, schema)) {
                        changes.put(name, edited);
                    }
                });
        return with(schemas, changes);
    }

    private JsonValue oneOrMore(JsonValue value) {
        if (value instanceof JsonObject schema) {
            return walk(schema);
        }
        return value instanceof JsonArray schemas ? all(schemas) : value;
    }

    private JsonValue all(JsonArray schemas) {
        var edited = new ArrayList<JsonValue>(schemas.size());
        boolean changed = false;
        for (var schema : schemas) {
            var one = oneOrMore(schema);
            changed |= isAnother(one, schema);
            edited.add(one);
        }
        return changed ? JsonArray.copyOf(edited) : schemas;
    }

    /** What was not edited is the same object; comparing what they say would cost a reading. */
    @SuppressWarnings("ReferenceEquality")
    static boolean isAnother(JsonValue edited, JsonValue before) {
        return edited != before;
    }

    private static JsonObject with(JsonObject object, Map<String, JsonValue> changes) {
        var changed = object;
        for (var change : changes.entrySet()) {
            changed = changed.with(change.getKey(), change.getValue());
        }
        return changed;
    }
}
