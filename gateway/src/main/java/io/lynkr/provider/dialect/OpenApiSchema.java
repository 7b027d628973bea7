package io.lynkr.provider.dialect;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonBool;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says a JSON Schema in the subset that OpenAPI 3.0 has and Gemini takes: no references, one type
 * each, {@code nullable} for null, and enumerations of strings only. Used for one schema.
 */
final class OpenApiSchema {
    /** A schema may refer to itself, and references may fan out: both must come to an end. */
    private static final int MAX_REFERENCES = 8;

    private static final int MAX_SCHEMAS = 5_000;

    private static final List<String> KEPT =
            List.of(
                    "title",
                    "description",
                    "minItems",
                    "maxItems",
                    "minimum",
                    "maximum",
                    "minLength",
                    "maxLength",
                    "minProperties",
                    "maxProperties");

    private static final Map<String, Set<String>> FORMATS =
            Map.of(
                    "string", Set.of("date-time", "enum"),
                    "integer", Set.of("int32", "int64"),
                    "number", Set.of("float", "double"));

    private final JsonObject root;
    private final boolean withPattern;
    private int schemas;

    OpenApiSchema(JsonObject root, boolean withPattern) {
        this.root = root;
        this.withPattern = withPattern;
    }

    JsonObject converted() {
        var converted = converted(root, 0);
        return SchemaWalk.isOfType(converted, "object") && !converted.has("properties")
                ? converted.with("properties", JsonObject.EMPTY)
                : converted;
    }

    private JsonObject converted(JsonObject schema, int references) {
        if (++schemas > MAX_SCHEMAS) {
            return JsonObject.EMPTY;
        }
        var reference = schema.string("$ref");
        if (reference.isPresent()) {
            return followed(schema.without("$ref"), reference.get(), references);
        }
        var whole = merged(schema);
        var result = new Result(whole);
        result.type(whole);
        result.values(whole);
        result.choices(whole, references);
        result.inner(whole, references);
        return result.schema();
    }

    private JsonObject followed(JsonObject beside, String reference, int references) {
        var target =
                references < MAX_REFERENCES ? resolved(reference) : Optional.<JsonObject>empty();
        if (target.isEmpty()) {
            return converted(
                    beside.has("type") ? beside : beside.with("type", "object"), references);
        }
        var members = target.get().members();
        members.putAll(beside.members());
        return converted(JsonObject.copyOf(members), references + 1);
    }

    private Optional<JsonObject> resolved(String reference) {
        if (reference.equals("#")) {
            return Optional.of(root);
        }
        if (!reference.startsWith("#/")) {
            return Optional.empty();
        }
        Optional<JsonObject> found = Optional.of(root);
        for (var step : reference.substring(2).split("/", -1)) {
            var key = step.replace("~1", "/").replace("~0", "~");
            found = found.flatMap(object -> object.object(key));
        }
        return found;
    }

    /** The parts of {@code allOf} in one schema; of what two of them say, the first counts. */
    private static JsonObject merged(JsonObject schema) {
        var parts = schema.objects("allOf");
        if (parts.isEmpty()) {
            return schema;
        }
        var members = schema.without("allOf").members();
        var properties = new LinkedHashMap<String, JsonValue>();
        var required = new LinkedHashSet<String>();
        var all = new ArrayList<JsonObject>();
        all.add(schema);
        all.addAll(parts);
        for (var part : all) {
            part.object("properties").ifPresent(more -> more.forEach(properties::putIfAbsent));
            required.addAll(SchemaScrub.strings(part, "required"));
            part.forEach(members::putIfAbsent);
        }
        if (!properties.isEmpty()) {
            members.put("properties", JsonObject.copyOf(properties));
        }
        if (!required.isEmpty()) {
            members.put("required", JsonArray.ofStrings(required));
        }
        members.remove("allOf");
        return JsonObject.copyOf(members);
    }

    /** The schema that is being made. */
    private final class Result {
        private final Map<String, JsonValue> members = new LinkedHashMap<>();
        private boolean nullable;

        Result(JsonObject schema) {
            for (var keyword : KEPT) {
                schema.get(keyword).ifPresent(value -> members.put(keyword, value));
            }
            if (withPattern) {
                schema.get("pattern").ifPresent(value -> members.put("pattern", value));
            }
            nullable = schema.isTrue("nullable");
        }

        /** One type; null becomes a mark, and several become alternatives. */
        void type(JsonObject schema) {
            var names = new ArrayList<String>();
            schema.string("type").ifPresent(names::add);
            names.addAll(SchemaScrub.strings(schema, "type"));
            nullable |= names.remove("null");
            if (names.size() > 1) {
                var types = new ArrayList<JsonValue>();
                names.forEach(name -> types.add(JsonObject.of("type", name)));
                members.put("anyOf", JsonArray.copyOf(types));
            } else if (names.size() == 1) {
                ofType(names.getFirst());
            } else if (schema.has("properties")) {
                ofType("object");
            } else if (schema.has("items")) {
                ofType("array");
            }
            schema.string("format")
                    .filter(format -> FORMATS.getOrDefault(type(), Set.of()).contains(format))
                    .ifPresent(format -> members.put("format", JsonString.of(format)));
        }

        private void ofType(String name) {
            members.put("type", JsonString.of(name));
        }

        private String type() {
            return members.get("type") instanceof JsonString name ? name.value() : "";
        }

        /** A constant is an enumeration of one; values are said as strings. */
        void values(JsonObject schema) {
            var given = new ArrayList<>(schema.array("enum").orElse(JsonArray.EMPTY).values());
            schema.get("const").ifPresent(given::add);
            nullable |= given.removeIf(value -> value == JsonNull.NULL);
            var texts = new LinkedHashSet<String>();
            for (var value : given) {
                texts.add(value instanceof JsonString text ? text.value() : value.toString());
            }
            texts.remove("");
            if (!texts.isEmpty()) {
                ofType("string");
                members.remove("anyOf");
                members.put("enum", JsonArray.ofStrings(texts));
            }
        }

        /** Alternatives; beside properties they only say which go together, and are left out. */
        void choices(JsonObject schema, int references) {
            var given = new ArrayList<>(schema.objects("anyOf"));
            given.addAll(schema.objects("oneOf"));
            nullable |=
                    given.removeIf(
                            branch ->
                                    SchemaWalk.isOfType(branch, "null")
                                            && !(branch.get("type").orElse(JsonNull.NULL)
                                                    instanceof JsonArray));
            if (given.isEmpty() || schema.has("properties")) {
                return;
            }
            var branches = new ArrayList<JsonObject>();
            given.forEach(branch -> branches.add(converted(branch, references)));
            if (branches.size() == 1) {
                branches.getFirst().forEach(members::putIfAbsent);
            } else {
                members.remove("type");
                members.put("anyOf", JsonArray.copyOf(branches));
            }
        }

        void inner(JsonObject schema, int references) {
            schema.object("properties")
                    .ifPresent(
                            given ->
                                    properties(
                                            given,
                                            SchemaScrub.strings(schema, "required"),
                                            references));
            if (type().equals("array")) {
                members.put("items", items(schema, references));
            }
        }

        private void properties(JsonObject given, List<String> required, int references) {
            var properties = new LinkedHashMap<String, JsonValue>();
            given.forEach((name, inner) -> properties.put(name, any(inner, references)));
            members.put("properties", JsonObject.copyOf(properties));
            var there = required.stream().filter(properties::containsKey).distinct().toList();
            if (!there.isEmpty()) {
                members.put("required", JsonArray.ofStrings(there));
            }
        }

        private JsonObject items(JsonObject schema, int references) {
            var tuple = schema.array("prefixItems").or(() -> schema.array("items"));
            var first = tuple.map(JsonArray::values).filter(values -> !values.isEmpty());
            if (first.isPresent()) {
                return any(first.get().getFirst(), references);
            }
            var items = schema.object("items").filter(inner -> !inner.isEmpty());
            return items.isPresent()
                    ? converted(items.get(), references)
                    : JsonObject.of("type", "string");
        }

        /** A schema may also be {@code true}: anything goes. */
        private JsonObject any(JsonValue schema, int references) {
            return schema instanceof JsonObject object
                    ? converted(object, references)
                    : JsonObject.EMPTY;
        }

        JsonObject schema() {
            if (nullable) {
                members.put("nullable", JsonBool.TRUE);
            }
            return JsonObject.copyOf(members);
        }
    }
}
