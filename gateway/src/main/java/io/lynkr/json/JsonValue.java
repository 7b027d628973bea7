package io.lynkr.json;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Any JSON value. Immutable; equal when it means the same (key order and spelling aside). */
public sealed interface JsonValue
        permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBool, JsonNull {

    /** That of {@code true}, {@code null} and most numbers. */
    long USUAL_SIZE = 4;

    /** Reads one JSON text in UTF-8; the bytes must not change afterwards. */
    static JsonValue parse(byte[] text) {
        return parse(text, JsonLimits.LENIENT);
    }

    /**
     * Reads one JSON text in UTF-8 within the given limits; the bytes must not change afterwards.
     */
    static JsonValue parse(byte[] text, JsonLimits limits) {
        return Tape.read(text, 0, text.length, limits).value(0);
    }

    /** Reads one JSON text that lies between two offsets of a buffer. */
    static JsonValue parse(byte[] buffer, int from, int to) {
        return Tape.read(buffer, from, to, JsonLimits.LENIENT).value(0);
    }

    static JsonValue parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Appends this value as compact JSON; what was read and not edited is copied as it was. */
    void writeTo(JsonOutput out);

    /** This value as JSON text in UTF-8. */
    default byte[] toBytes() {
        var out = new JsonOutput(Math.toIntExact(sizeHint() + 32));
        writeTo(out);
        return out.toBytes();
    }

    /** Roughly how many bytes it takes when written; nothing is written for it. */
    default long sizeHint() {
        return USUAL_SIZE;
    }

    default Optional<JsonObject> asObject() {
        return this instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    default Optional<JsonArray> asArray() {
        return this instanceof JsonArray array ? Optional.of(array) : Optional.empty();
    }

    default Optional<String> asString() {
        return this instanceof JsonString string ? Optional.of(string.value()) : Optional.empty();
    }

    default boolean isNull() {
        return this instanceof JsonNull;
    }

    /** What kind of value this is, in the words of the JSON standard: for error messages. */
    default String kind() {
        return switch (this) {
            case JsonObject _ -> "object";
            case JsonArray _ -> "array";
            case JsonString _ -> "string";
            case JsonNumber _ -> "number";
            case JsonBool _ -> "boolean";
            case JsonNull _ -> "null";
        };
    }
}
