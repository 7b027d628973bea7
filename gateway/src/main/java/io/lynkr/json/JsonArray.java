package io.lynkr.json;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** An array, either read or made. */
public final class JsonArray implements JsonValue, Iterable<JsonValue> {
    public static final JsonArray EMPTY = new JsonArray(List.of());

    private final @Nullable Tape tape;
    private final int at;
    private final List<JsonValue> made;

    JsonArray(Tape tape, int at) {
        this.tape = tape;
        this.at = at;
        this.made = List.of();
    }

    private JsonArray(List<JsonValue> made) {
        this.tape = null;
        this.at = 0;
        this.made = made;
    }

    public static JsonArray of(JsonValue... values) {
        return new JsonArray(List.of(values));
    }

    public static JsonArray copyOf(Collection<? extends JsonValue> values) {
        return new JsonArray(List.copyOf(values));
    }

    public static JsonArray ofStrings(Collection<String> values) {
        return new JsonArray(values.stream().<JsonValue>map(JsonString::of).toList());
    }

    public int size() {
        return tape != null ? tape.count(at) : made.size();
    }

    /** Roughly how many bytes it takes when written. */
    @Override
    public long sizeHint() {
        if (tape != null) {
            return (long) tape.end(at) - tape.start(at);
        }
        return made.stream().mapToLong(JsonValue::sizeHint).sum() + 2;
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    /** The values in order. */
    public List<JsonValue> values() {
        if (tape == null) {
            return made;
        }
        var values = new ArrayList<JsonValue>(size());
        forEach(values::add);
        return values;
    }

    /** Those values that are objects, in order; others are passed over. */
    public List<JsonObject> objects() {
        var objects = new ArrayList<JsonObject>(size());
        for (var value : this) {
            if (value instanceof JsonObject object) {
                objects.add(object);
            }
        }
        return objects;
    }

    /** Those values that are strings, in order; others are passed over. */
    public List<String> strings() {
        var strings = new ArrayList<String>(size());
        for (var value : this) {
            if (value instanceof JsonString string) {
                strings.add(string.value());
            }
        }
        return strings;
    }

    /** A copy with one more value at its end. */
    public JsonArray with(JsonValue value) {
        var values = new ArrayList<>(values());
        values.add(value);
        return copyOf(values);
    }

    @Override
    public Iterator<JsonValue> iterator() {
        return tape != null ? new TapeIterator(tape, at) : made.iterator();
    }

    @Override
    public void writeTo(JsonOutput out) {
        if (tape != null) {
            tape.copy(at, out);
            return;
        }
        out.put('[');
        var first = true;
        for (var value : made) {
            if (!first) {
                out.put(',');
            }
            first = false;
            value.writeTo(out);
        }
        out.put(']');
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonArray that
                && size() == that.size()
                && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        var out = new JsonOutput();
        writeTo(out);
        return out.toString();
    }

    private static final class TapeIterator implements Iterator<JsonValue> {
        private final Tape tape;
        private final int end;
        private int next;

        TapeIterator(Tape tape, int array) {
            this.tape = tape;
            this.next = tape.firstChild(array);
            this.end = tape.next(array);
        }

        @Override
        public boolean hasNext() {
            return next < end;
        }

        @Override
        public JsonValue next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            var value = tape.value(next);
            next = tape.next(next);
            return value;
        }
    }
}
