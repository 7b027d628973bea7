package io.lynkr.json;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A string: either read, and then decoded only when asked for, or made from text. */
public final class JsonString implements JsonValue {
    private final @Nullable Tape tape;
    private final int at;
    private @Nullable String decoded;

    JsonString(Tape tape, int at) {
        this.tape = tape;
        this.at = at;
    }

    private JsonString(String value) {
        this.tape = null;
        this.at = 0;
        this.decoded = value;
    }

    public static JsonString of(String value) {
        return new JsonString(value);
    }

    /**
     * The parts one after the other with a separator between them. Parts that were read are copied
     * in their escaped form, which spares large texts the way through characters.
     */
    public static JsonValue join(String separator, List<JsonString> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        long size = parts.stream().mapToLong(JsonString::sizeHint).sum();
        var out = new JsonOutput(Math.toIntExact(64 + size));
        out.put('"');
        var between = "";
        for (var part : parts) {
            out.escaped(between);
            part.writeInside(out);
            between = separator;
        }
        out.put('"');
        return JsonValue.parse(out.toBytes());
    }

    /** The text it stands for. */
    public String value() {
        // Decoding twice in a race is harmless: both results are equal.
        var known = decoded;
        if (known == null) {
            known = readFrom().string(at);
            decoded = known;
        }
        return known;
    }

    /** Whether the text is empty or white space; looks at the bytes, decodes nothing. */
    public boolean isBlank() {
        return (tape != null && decoded == null) ? tape.isBlank(at) : value().isBlank();
    }

    /** Whether the text starts with the given ASCII text that needs no escaping. */
    public boolean startsWith(String ascii) {
        return (tape != null && decoded == null)
                ? tape.startsWith(at, ascii)
                : value().startsWith(ascii);
    }

    /** Roughly how many bytes it takes when written. */
    @Override
    public long sizeHint() {
        return tape != null ? (long) tape.end(at) - tape.start(at) : value().length() + 2L;
    }

    @Override
    public void writeTo(JsonOutput out) {
        if (tape != null) {
            tape.copy(at, out);
        } else {
            out.string(value());
        }
    }

    private void writeInside(JsonOutput out) {
        if (tape != null) {
            out.raw(tape.bytes(), tape.start(at) + 1, tape.end(at) - 1);
        } else {
            out.escaped(value());
        }
    }

    private Tape readFrom() {
        if (tape == null) {
            throw new IllegalStateException("a string that was made has its value");
        }
        return tape;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonString that && value().equals(that.value());
    }

    @Override
    public int hashCode() {
        return value().hashCode();
    }

    /** The string as JSON, with quotes. */
    @Override
    public String toString() {
        var out = new JsonOutput();
        writeTo(out);
        return out.toString();
    }
}
