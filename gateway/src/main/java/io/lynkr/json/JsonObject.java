package io.lynkr.json;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * An object, either read or made: its members in order, edited by copies.
 *
 * <p>The typed accessors answer "nothing" for a member that is absent, {@code null} or of another
 * type; who must tell these apart asks {@link #get}.
 */
public final class JsonObject implements JsonValue {
    public static final JsonObject EMPTY = new JsonObject(Map.of());

    private final @Nullable Tape tape;
    private final int at;
    private final Map<String, JsonValue> made;

    JsonObject(Tape tape, int at) {
        this.tape = tape;
        this.at = at;
        this.made = Map.of();
    }

    /** Takes over a map whose order is the order of the members; the caller lets go of it. */
    private JsonObject(Map<String, JsonValue> made) {
        this.tape = null;
        this.at = 0;
        this.made = made;
    }

    /** Reads an object; anything else is an error. */
    public static JsonObject parse(byte[] text) {
        return objectOr(JsonValue.parse(text));
    }

    public static JsonObject parse(byte[] text, JsonLimits limits) {
        return objectOr(JsonValue.parse(text, limits));
    }

    public static JsonObject parse(String text) {
        return objectOr(JsonValue.parse(text));
    }

    private static JsonObject objectOr(JsonValue value) {
        return value.asObject()
                .orElseThrow(
                        () ->
                                new JsonException(
                                        "expected an object, but found " + value.kind(), 0));
    }

    public static JsonObject of(String key, JsonValue value) {
        return EMPTY.with(key, value);
    }

    public static JsonObject of(String key, String value) {
        return EMPTY.with(key, value);
    }

    /** The members in the map's own order. */
    public static JsonObject copyOf(Map<String, ? extends JsonValue> members) {
        return new JsonObject(new LinkedHashMap<>(members));
    }

    public Optional<JsonValue> get(String key) {
        return Optional.ofNullable(find(key));
    }

    public boolean has(String key) {
        return find(key) != null;
    }

    public Optional<String> string(String key) {
        return find(key) instanceof JsonString string
                ? Optional.of(string.value())
                : Optional.empty();
    }

    public OptionalLong integer(String key) {
        return find(key) instanceof JsonNumber number ? number.asLong() : OptionalLong.empty();
    }

    public Optional<BigDecimal> number(String key) {
        return find(key) instanceof JsonNumber number ? number.value() : Optional.empty();
    }

    public Optional<Boolean> bool(String key) {
        return find(key) instanceof JsonBool bool ? Optional.of(bool.value()) : Optional.empty();
    }

    /** Whether the member is there and {@code true}. */
    public boolean isTrue(String key) {
        return find(key) == JsonBool.TRUE;
    }

    public Optional<JsonObject> object(String key) {
        return find(key) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    public Optional<JsonArray> array(String key) {
        return find(key) instanceof JsonArray array ? Optional.of(array) : Optional.empty();
    }

    /** The objects in an array member; none if there is no such array. */
    public List<JsonObject> objects(String key) {
        return find(key) instanceof JsonArray array ? array.objects() : List.of();
    }

    /** The {@code type} member, by which the Messages API tells its shapes apart; may be empty. */
    public String type() {
        return string("type").orElse("");
    }

    public int size() {
        return tape != null ? tape.count(at) : made.size();
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    public List<String> keys() {
        var keys = new ArrayList<String>(size());
        forEach((key, _) -> keys.add(key));
        return keys;
    }

    public void forEach(BiConsumer<String, JsonValue> action) {
        if (tape == null) {
            made.forEach(action);
            return;
        }
        int end = tape.next(at);
        for (int key = tape.firstChild(at); key < end; ) {
            int value = tape.next(key);
            action.accept(tape.string(key), tape.value(value));
            key = tape.next(value);
        }
    }

    /** A copy with this member replaced in its place, or added at the end. */
    public JsonObject with(String key, JsonValue value) {
        var members = members();
        members.put(key, value);
        return new JsonObject(members);
    }

    public JsonObject with(String key, String value) {
        return with(key, JsonString.of(value));
    }

    public JsonObject with(String key, long value) {
        return with(key, JsonNumber.of(value));
    }

    public JsonObject with(String key, boolean value) {
        return with(key, JsonBool.of(value));
    }

    /** A copy with this member if there is a value for it, otherwise this object. */
    public JsonObject withOptional(String key, Optional<? extends JsonValue> value) {
        return value.isPresent() ? with(key, value.get()) : this;
    }

    public JsonObject without(String key) {
        if (!has(key)) {
            return this;
        }
        var members = members();
        members.remove(key);
        return new JsonObject(members);
    }

    @Override
    public void writeTo(JsonOutput out) {
        if (tape != null) {
            tape.copy(at, out);
            return;
        }
        out.put('{');
        var first = true;
        for (var member : made.entrySet()) {
            if (!first) {
                out.put(',');
            }
            first = false;
            out.string(member.getKey());
            out.put(':');
            member.getValue().writeTo(out);
        }
        out.put('}');
    }

    private @Nullable JsonValue find(String key) {
        return tape != null ? tape.member(at, key) : made.get(key);
    }

    /** A fresh map of the members. */
    public Map<String, JsonValue> members() {
        var members = new LinkedHashMap<String, JsonValue>(size() * 2);
        forEach(members::put);
        return members;
    }

    /** Whether it was read from a text, and not made. */
    public boolean wasRead() {
        return tape != null;
    }

    /** Roughly how many bytes it takes when written. */
    @Override
    public long sizeHint() {
        if (tape != null) {
            return (long) tape.end(at) - tape.start(at);
        }
        long size = 2;
        for (var member : made.entrySet()) {
            size += member.getKey().length() + 4L + member.getValue().sizeHint();
        }
        return size;
    }

    Tape tapeOrFail() {
        if (tape == null) {
            throw new IllegalArgumentException("only an object that was read can be patched");
        }
        return tape;
    }

    int at() {
        return at;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonObject that
                && size() == that.size()
                && members().equals(that.members());
    }

    @Override
    public int hashCode() {
        return members().hashCode();
    }

    /** The object as JSON text. */
    @Override
    public String toString() {
        var out = new JsonOutput();
        writeTo(out);
        return out.toString();
    }
}
