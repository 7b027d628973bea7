package io.lynkr.provider.dialect;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonBool;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says a schema as OpenAI's strict mode wants it: every object closed, every property required,
 * what was optional may be null. Not every schema can be said so: one with free keys cannot.
 */
final class StrictSchema {
    private static final Set<String> UNFIT =
            Set.of(
                    "allOf",
                    "not",
                    "if",
                    "dependentRequired",
                    "dependentSchemas",
                    "patternProperties",
                    "prefixItems");
    private static final Set<String> DROPPED =
            Set.of(
                    "$schema",
                    "$id",
                    "$comment",
                    "default",
                    "examples",
                    "minLength",
                    "maxLength",
                    "minProperties",
                    "maxProperties",
                    "uniqueItems",
                    "propertyNames");
    private static final Set<String> FORMATS =
            Set.of(
                    "date-time",
                    "time",
                    "date",
                    "duration",
                    "email",
                    "hostname",
                    "ipv4",
                    "ipv6",
                    "uuid");

    private boolean unfit;

    private StrictSchema() {}

    /** The strict form; empty if the schema has none. */
    static Optional<JsonObject> of(JsonObject schema) {
        if (!SchemaWalk.isOfType(schema, "object") || schema.has("anyOf") || schema.has("oneOf")) {
            return Optional.empty();
        }
        var strict = new StrictSchema();
        var said = strict.walk(schema);
        return strict.unfit ? Optional.empty() : Optional.of(said);
    }

    private JsonObject walk(JsonObject schema) {
        return new SchemaWalk(this::strict).walk(schema);
    }

    private JsonObject strict(JsonObject schema) {
        unfit |= UNFIT.stream().anyMatch(schema::has);
        var rest = schema;
        for (var keyword : DROPPED) {
            rest = rest.without(keyword);
        }
        if (rest.string("format").filter(FORMATS::contains).isEmpty()) {
            rest = rest.without("format");
        }
        var choices = rest.get("oneOf");
        if (choices.isPresent()) {
            rest = rest.without("oneOf").with("anyOf", choices.get());
        }
        return SchemaWalk.isOfType(rest, "object") ? closed(rest) : rest;
    }

    private JsonObject closed(JsonObject object) {
        var properties = object.object("properties");
        var more = object.get("additionalProperties").orElse(JsonBool.FALSE);
        if (more != JsonBool.FALSE || properties.isEmpty()) {
            unfit = true;
            return object;
        }
        var required = SchemaScrub.strings(object, "required");
        var all = new LinkedHashMap<String, JsonValue>();
        properties
                .get()
                .forEach(
                        (name, schema) ->
                                all.put(name, required.contains(name) ? schema : nullable(schema)));
        return object.with("properties", JsonObject.copyOf(all))
                .with("required", JsonArray.ofStrings(all.keySet()))
                .with("additionalProperties", false);
    }

    private static JsonValue nullable(JsonValue value) {
        if (!(value instanceof JsonObject schema)) {
            return value;
        }
        var type = schema.string("type");
        if (type.isEmpty() || schema.has("const")) {
            return JsonObject.of("anyOf", JsonArray.of(schema, JsonObject.of("type", "null")));
        }
        var either = schema.with("type", JsonArray.ofStrings(List.of(type.get(), "null")));
        var values = schema.array("enum");
        return values.isPresent() ? either.with("enum", withNull(values.get())) : either;
    }

    private static JsonArray withNull(JsonArray values) {
        var all = new ArrayList<>(values.values());
        if (!all.contains(JsonNull.NULL)) {
            all.add(JsonNull.NULL);
        }
        return JsonArray.copyOf(all);
    }
}
