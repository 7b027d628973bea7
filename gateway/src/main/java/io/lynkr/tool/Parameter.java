package io.lynkr.tool;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonNumber;
import io.lynkr.json.JsonObject;

import java.util.List;

/**
 * One argument of a tool.
 *
 * @param name as it is published
 * @param aliases other names under which models and older clients give it
 * @param doc for a model; says the default if there is one
 * @param choices the only values of a text; empty if any will do
 * @param min the least value of a number, or length of a text
 * @param max the greatest value of a number, or length of a text
 */
public record Parameter(
        String name,
        List<String> aliases,
        Type type,
        String doc,
        boolean required,
        List<String> choices,
        long min,
        long max) {

    /** What a value may be. */
    public enum Type {
        TEXT("a text"),
        WHOLE_NUMBER("a whole number"),
        FLAG("true or false"),
        /** Several texts; a single one counts as a list of one. */
        TEXTS("a list of texts"),
        /** A text, as which it is published, or several texts. */
        WORDS("a text, or a list of texts"),
        OBJECT("an object");

        private final String words;

        Type(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    public Parameter {
        aliases = List.copyOf(aliases);
        choices = List.copyOf(choices);
    }

    private static Parameter of(Type type, String name, String doc) {
        return new Parameter(name, List.of(), type, doc, false, List.of(), 0, Integer.MAX_VALUE);
    }

    public static Parameter text(String name, String doc) {
        return of(Type.TEXT, name, doc);
    }

    /** A whole number from {@code min} to {@code max}. */
    public static Parameter number(String name, long min, long max, String doc) {
        return new Parameter(name, List.of(), Type.WHOLE_NUMBER, doc, false, List.of(), min, max);
    }

    public static Parameter flag(String name, String doc) {
        return of(Type.FLAG, name, doc);
    }

    public static Parameter texts(String name, String doc) {
        return of(Type.TEXTS, name, doc);
    }

    /** A text; a list of texts is taken, too, and means something else than one of them. */
    public static Parameter words(String name, String doc) {
        return of(Type.WORDS, name, doc);
    }

    public static Parameter object(String name, String doc) {
        return of(Type.OBJECT, name, doc);
    }

    /** One of a few texts. */
    public static Parameter choice(String name, List<String> choices, String doc) {
        return new Parameter(name, List.of(), Type.TEXT, doc, false, choices, 0, Integer.MAX_VALUE);
    }

    /** The same, but a call must give it. */
    public Parameter needed() {
        return new Parameter(name, aliases, type, doc, true, choices, min, max);
    }

    /** The same with further names. */
    public Parameter or(String... otherNames) {
        return new Parameter(name, List.of(otherNames), type, doc, required, choices, min, max);
    }

    JsonObject schema() {
        var schema =
                switch (type) {
                    case TEXT, WORDS -> JsonObject.of("type", "string");
                    case WHOLE_NUMBER ->
                            JsonObject.of("type", "integer")
                                    .with("minimum", JsonNumber.of(min))
                                    .with("maximum", JsonNumber.of(max));
                    case FLAG -> JsonObject.of("type", "boolean");
                    case TEXTS ->
                            JsonObject.of("type", "array")
                                    .with("items", JsonObject.of("type", "string"));
                    case OBJECT -> JsonObject.of("type", "object");
                };
        if (!choices.isEmpty()) {
            schema = schema.with("enum", JsonArray.ofStrings(choices));
        }
        return schema.with("description", doc);
    }
}
