package io.lynkr.testing;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A JSON value as tests need it: parsed in one line, asked without casts, printed again in the same
 * order. Asking for something that is not there gives {@link Nothing#ABSENT}, so questions chain.
 */
public sealed interface Json {

    record Obj(Map<String, Json> fields) implements Json {
        @Override
        public String toString() {
            return fields.entrySet().stream()
                    .map(field -> quote(field.getKey()) + ":" + field.getValue())
                    .collect(Collectors.joining(",", "{", "}"));
        }
    }

    record Arr(List<Json> values) implements Json {
        @Override
        public String toString() {
            return values.stream().map(Json::toString).collect(Collectors.joining(",", "[", "]"));
        }
    }

    record Str(String value) implements Json {
        @Override
        public String toString() {
            return quote(value);
        }
    }

    /** Keeps the digits as they were written. */
    record Num(String digits) implements Json {
        @Override
        public String toString() {
            return digits;
        }
    }

    record Bool(boolean value) implements Json {
        @Override
        public String toString() {
            return String.valueOf(value);
        }
    }

    /** A JSON null, or a place where there is no value at all. */
    enum Nothing implements Json {
        NULL,
        ABSENT;

        @Override
        public String toString() {
            return "null";
        }
    }

    @Override
    String toString();

    static Json parse(byte[] utf8) {
        return parse(new String(utf8, StandardCharsets.UTF_8));
    }

    static Json parse(String text) {
        return new JsonParser(text).parse();
    }

    /** From pairs of name and value, in this order. */
    static Json object(@Nullable Object... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("names and values must come in pairs");
        }
        var fields = new LinkedHashMap<String, Json>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(String.valueOf(namesAndValues[i]), of(namesAndValues[i + 1]));
        }
        return new Obj(fields);
    }

    static Json array(@Nullable Object... values) {
        var items = new ArrayList<Json>();
        for (var value : values) {
            items.add(of(value));
        }
        return new Arr(items);
    }

    static Json of(@Nullable Object value) {
        return switch (value) {
            case null -> Nothing.NULL;
            case Json json -> json;
            case CharSequence text -> new Str(text.toString());
            case Boolean bool -> new Bool(bool);
            case Number number -> new Num(number.toString());
            case Map<?, ?> map -> {
                var fields = new LinkedHashMap<String, Json>();
                map.forEach((name, inner) -> fields.put(String.valueOf(name), of(inner)));
                yield new Obj(fields);
            }
            case Iterable<?> list -> {
                var items = new ArrayList<Json>();
                list.forEach(item -> items.add(of(item)));
                yield new Arr(items);
            }
            default -> throw new IllegalArgumentException("not JSON: " + value.getClass());
        };
    }

    default Json get(String name) {
        return fields().getOrDefault(name, Nothing.ABSENT);
    }

    default Json at(int index) {
        return index >= 0 && index < items().size() ? items().get(index) : Nothing.ABSENT;
    }

    /** The fields of an object; none for anything else. */
    default Map<String, Json> fields() {
        return this instanceof Obj(var fields) ? fields : Map.of();
    }

    /** The values of an array; none for anything else. */
    default List<Json> items() {
        return this instanceof Arr(var values) ? values : List.of();
    }

    /** The string itself, or the digits of a number; empty for anything else. */
    default String text() {
        return switch (this) {
            case Str(var value) -> value;
            case Num(var digits) -> digits;
            case Bool(var value) -> String.valueOf(value);
            case Obj _, Arr _, Nothing _ -> "";
        };
    }

    default String text(String name) {
        return get(name).text();
    }

    /** The number, cut to a whole one; 0 for anything else. */
    default long number() {
        return this instanceof Num(var digits) ? (long) Double.parseDouble(digits) : 0;
    }

    default long number(String name) {
        return get(name).number();
    }

    default boolean isTrue() {
        return this instanceof Bool(var value) && value;
    }

    default boolean isTrue(String name) {
        return get(name).isTrue();
    }

    default boolean has(String name) {
        return fields().containsKey(name);
    }

    /** Neither absent nor null. */
    default boolean isPresent() {
        return !(this instanceof Nothing);
    }

    default boolean isObject() {
        return this instanceof Obj;
    }

    default boolean isArray() {
        return this instanceof Arr;
    }

    default boolean isString() {
        return this instanceof Str;
    }

    /** A copy with this field set, in its old place if it had one. */
    default Json with(String name, @Nullable Object value) {
        var copy = new LinkedHashMap<>(fields());
        copy.put(name, of(value));
        return new Obj(copy);
    }

    default Json without(String name) {
        var copy = new LinkedHashMap<>(fields());
        copy.remove(name);
        return new Obj(copy);
    }

    default byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String quote(String text) {
        var out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || (Character.isSurrogate(c) && !isPaired(text, i))) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }

    private static boolean isPaired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
