package io.lynkr.provider.dialect;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which JSON Schema a backend takes for the parameters of a tool, and how the rest is taken out.
 * What is taken out only makes a schema looser: the model may be asked for less, never for
 * something else. A schema that needs no change comes back as the very same object.
 */
public enum SchemaScrub {
    /** Takes any schema: Claude, vLLM. */
    NONE {
        @Override
        JsonObject scrub(JsonObject schema) {
            return schema;
        }
    },
    /** OpenAI and Azure: nothing but an object at the top, and nothing half said. */
    OPENAI {
        @Override
        JsonObject scrub(JsonObject schema) {
            return completed(withoutChoiceAtTop(schema.without("$schema").without("$id")));
        }
    },
    /** Gemini: the subset that OpenAPI 3.0 has. */
    GEMINI {
        @Override
        JsonObject scrub(JsonObject schema) {
            return new OpenApiSchema(schema, true).converted();
        }
    },
    /** Servers that make a grammar of the schema: llama.cpp, LM Studio. */
    GRAMMAR {
        @Override
        JsonObject scrub(JsonObject schema) {
            return new SchemaWalk(SchemaScrub::withoutWhatGrammarsLack).walk(schema);
        }
    },
    /** Servers of which nothing is known. */
    CONSERVATIVE {
        @Override
        JsonObject scrub(JsonObject schema) {
            return new OpenApiSchema(schema, false).converted();
        }
    };

    private static final JsonObject EMPTY_OBJECT =
            JsonObject.of("type", "object").with("properties", JsonObject.EMPTY);

    private static final List<String> CHOICES = List.of("anyOf", "oneOf", "allOf", "enum", "not");
    private static final List<String> LACKING_IN_GRAMMARS =
            List.of("$schema", "pattern", "propertyNames", "if", "then", "else", "not");
    private static final Set<String> FORMATS_OF_GRAMMARS =
            Set.of("date", "time", "date-time", "uuid");

    abstract JsonObject scrub(JsonObject schema);

    /** The schema as this kind of backend takes it; empty if it is best left out altogether. */
    Optional<JsonObject> apply(Optional<JsonObject> schema) {
        var told = schema.filter(given -> !given.isEmpty());
        if (told.isEmpty()) {
            return this == GEMINI ? Optional.empty() : Optional.of(EMPTY_OBJECT);
        }
        var scrubbed = scrub(typed(told.get()));
        boolean unsaid = scrubbed.object("properties").map(JsonObject::isEmpty).orElse(true);
        return this == GEMINI && unsaid ? Optional.empty() : Optional.of(scrubbed);
    }

    private static JsonObject typed(JsonObject schema) {
        return schema.has("type") ? schema : schema.with("type", "object");
    }

    private static JsonObject withoutWhatGrammarsLack(JsonObject schema) {
        var rest = schema;
        for (var keyword : LACKING_IN_GRAMMARS) {
            rest = rest.without(keyword);
        }
        var format = rest.string("format");
        return format.isPresent() && !FORMATS_OF_GRAMMARS.contains(format.get())
                ? rest.without("format")
                : rest;
    }

    private static JsonObject completed(JsonObject schema) {
        return new SchemaWalk(
                        inner -> {
                            if (SchemaWalk.isOfType(inner, "array")
                                    && !inner.has("items")
                                    && !inner.has("prefixItems")) {
                                return inner.with("items", JsonObject.EMPTY);
                            }
                            return SchemaWalk.isOfType(inner, "object") && !inner.has("properties")
                                    ? inner.with("properties", JsonObject.EMPTY)
                                    : inner;
                        })
                .walk(schema);
    }

    /** Merges the alternatives at the top into one object that has the members of all of them. */
    private static JsonObject withoutChoiceAtTop(JsonObject schema) {
        if (CHOICES.stream().noneMatch(schema::has)) {
            return schema;
        }
        var properties =
                new LinkedHashMap<>(schema.object("properties").orElse(JsonObject.EMPTY).members());
        var required = new LinkedHashSet<>(strings(schema, "required"));
        for (var part : schema.objects("allOf")) {
            addProperties(part, properties);
            required.addAll(strings(part, "required"));
        }
        for (var choice : List.of("anyOf", "oneOf")) {
            schema.objects(choice).forEach(branch -> addProperties(branch, properties));
            required.addAll(commonlyRequired(schema.objects(choice)));
        }
        required.retainAll(properties.keySet());
        var rest = schema;
        for (var choice : CHOICES) {
            rest = rest.without(choice);
        }
        rest = rest.with("type", "object").with("properties", JsonObject.copyOf(properties));
        return required.isEmpty()
                ? rest.without("required")
                : rest.with("required", JsonArray.ofStrings(required));
    }

    private static void addProperties(JsonObject part, Map<String, JsonValue> all) {
        part.object("properties").ifPresent(more -> more.forEach(all::putIfAbsent));
    }

    private static Set<String> commonlyRequired(List<JsonObject> branches) {
        if (branches.isEmpty()) {
            return Set.of();
        }
        var common = new LinkedHashSet<>(strings(branches.getFirst(), "required"));
        branches.forEach(branch -> common.retainAll(strings(branch, "required")));
        return common;
    }

    static List<String> strings(JsonObject schema, String key) {
        return schema.array(key).map(JsonArray::strings).orElse(List.of());
    }
}
