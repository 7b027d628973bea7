package io.lynkr.json;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * One JSON text and where its values lie: the result of a single validating pass.
 *
 * <p>Every value, and every key of an object, takes four ints: first byte, end (exclusive), the
 * entry after its whole subtree, and a count (members or elements; for a string 1 if it contains an
 * escape). Keys are entries too, each followed by its value.
 *
 * <p>Strings are passed over eight bytes at a time, since nearly all of a Messages request is text.
 */
final class Tape {
    private static final int STRIDE = 4;
    private static final int END = 1;
    private static final int NEXT = 2;
    private static final int COUNT = 3;

    private final byte[] bytes;
    private final int[] entries;

    private Tape(byte[] bytes, int[] entries) {
        this.bytes = bytes;
        this.entries = entries;
    }

    static Tape read(byte[] bytes, int from, int to, JsonLimits limits) {
        return new Tape(bytes, new Scanner(bytes, from, to, limits).scan());
    }

    byte[] bytes() {
        return bytes;
    }

    int start(int entry) {
        return entries[entry];
    }

    int end(int entry) {
        return entries[entry + END];
    }

    int next(int entry) {
        return entries[entry + NEXT];
    }

    int count(int entry) {
        return entries[entry + COUNT];
    }

    int firstChild(int container) {
        return container + STRIDE;
    }

    JsonValue value(int entry) {
        return switch (bytes[start(entry)]) {
            case '{' -> new JsonObject(this, entry);
            case '[' -> new JsonArray(this, entry);
            case '"' -> new JsonString(this, entry);
            case 't' -> JsonBool.TRUE;
            case 'f' -> JsonBool.FALSE;
            case 'n' -> JsonNull.NULL;
            default ->
                    new JsonNumber(
                            new String(
                                    bytes,
                                    start(entry),
                                    end(entry) - start(entry),
                                    StandardCharsets.US_ASCII));
        };
    }

    void copy(int entry, JsonOutput out) {
        out.raw(bytes, start(entry), end(entry));
    }

    /** The member with this key; of several the last. */
    @Nullable JsonValue member(int object, String key) {
        int value = memberEntry(object, key);
        return value < 0 ? null : value(value);
    }

    /** The entry of the value under this key, or -1. */
    int memberEntry(int object, String key) {
        int found = -1;
        int end = next(object);
        for (int entry = firstChild(object); entry < end; ) {
            int value = next(entry);
            if (isKey(entry, key)) {
                found = value;
            }
            entry = next(value);
        }
        return found;
    }

    boolean isKey(int entry, String key) {
        if (count(entry) != 0) {
            return string(entry).equals(key);
        }
        return end(entry) - start(entry) - 2 == key.length()
                ? startsWith(entry, key)
                : !isAscii(key) && string(entry).equals(key);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    boolean startsWith(int entry, String ascii) {
        int from = start(entry) + 1;
        if (end(entry) - 1 - from < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[from + i] != (byte) ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    boolean isBlank(int entry) {
        int end = end(entry) - 1;
        for (int i = start(entry) + 1; i < end; i++) {
            byte b = bytes[i];
            if (b == '\\' || b < 0) {
                // Which character this is, the decoded text must tell.
                return string(entry).isBlank();
            }
            if (b != ' ') {
                return false;
            }
        }
        return true;
    }

    String string(int entry) {
        int from = start(entry) + 1;
        int to = end(entry) - 1;
        return count(entry) == 0
                ? new String(bytes, from, to - from, StandardCharsets.UTF_8)
                : unescape(bytes, from, to);
    }

    private static String unescape(byte[] bytes, int from, int to) {
        var text = new StringBuilder(to - from);
        int plain = from;
        for (int i = from; i < to; ) {
            if (bytes[i] != '\\') {
                i++;
                continue;
            }
            text.append(new String(bytes, plain, i - plain, StandardCharsets.UTF_8));
            if (bytes[i + 1] == 'u') {
                text.append((char) hex(bytes, i + 2));
                i += 6;
            } else {
                text.append(escaped(bytes[i + 1]));
                i += 2;
            }
            plain = i;
        }
        text.append(new String(bytes, plain, to - plain, StandardCharsets.UTF_8));
        return text.toString();
    }

    private static char escaped(byte letter) {
        return switch (letter) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> (char) letter;
        };
    }

    /** The value of four hexadecimal digits, or -1. */
    private static int hex(byte[] bytes, int at) {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = (value << 4) | digit;
        }
        return value;
    }

    /** The validating pass. */
    private static final class Scanner {
        private static final VarHandle LONGS =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
        private static final long ONES = 0x0101010101010101L;
        private static final long HIGH_BITS = 0x8080808080808080L;
        private static final long QUOTES = ONES * '"';
        private static final long BACKSLASHES = ONES * '\\';
        private static final long SPACES = ONES * ' ';
        private static final int PAIRWISE_KEYS = 12;

        private enum Expect {
            VALUE,
            FIRST_ELEMENT,
            FIRST_KEY,
            COMMA_OR_END
        }

        private final byte[] bytes;
        private final int end;
        private final JsonLimits limits;
        private int pos;
        private int[] entries;
        private int length;
        private int[] open = new int[16];
        private int depth;
        private final int[] marks = new int[PAIRWISE_KEYS];
        private final int[] markedKeys = new int[PAIRWISE_KEYS];

        Scanner(byte[] bytes, int from, int to, JsonLimits limits) {
            this.bytes = bytes;
            this.pos = from;
            this.end = to;
            this.limits = limits;
            this.entries = new int[Math.max(32, (to - from) / 32 * STRIDE)];
        }

        int[] scan() {
            skipByteOrderMark();
            var expect = Expect.VALUE;
            while (true) {
                skipSpace();
                if (pos >= end && expect == Expect.COMMA_OR_END && depth == 0) {
                    return entries;
                }
                requireMore();
                expect =
                        switch (expect) {
                            case VALUE -> value();
                            case FIRST_ELEMENT -> bytes[pos] == ']' ? closeContainer() : element();
                            case FIRST_KEY -> bytes[pos] == '}' ? closeContainer() : key();
                            case COMMA_OR_END -> afterValue();
                        };
            }
        }

        private void skipByteOrderMark() {
            if (end - pos >= 3
                    && bytes[pos] == (byte) 0xEF
                    && bytes[pos + 1] == (byte) 0xBB
                    && bytes[pos + 2] == (byte) 0xBF) {
                pos += 3;
            }
        }

        private void requireMore() {
            if (pos >= end) {
                throw problem("the text ends too early");
            }
        }

        private void skipSpace() {
            if (pos < end && bytes[pos] > ' ') {
                return; // nearly always
            }
            while (pos < end) {
                byte b = bytes[pos];
                if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                    return;
                }
                pos++;
            }
        }

        private Expect value() {
            return switch (bytes[pos]) {
                case '{' -> openContainer(Expect.FIRST_KEY);
                case '[' -> openContainer(Expect.FIRST_ELEMENT);
                case '"' -> {
                    string();
                    yield Expect.COMMA_OR_END;
                }
                case 't' -> word("true");
                case 'f' -> word("false");
                case 'n' -> word("null");
                case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
                default -> throw problem("unexpected character " + shown(bytes[pos]));
            };
        }

        /** A value inside a container: an element, or what follows a key. */
        private Expect element() {
            entries[open[depth - 1] + COUNT]++;
            return value();
        }

        private Expect key() {
            if (bytes[pos] != '"') {
                throw problem("expected a key in quotes, but found " + shown(bytes[pos]));
            }
            string();
            skipSpace();
            if (pos >= end || bytes[pos] != ':') {
                throw problem("expected ':' after a key");
            }
            pos++;
            skipSpace();
            requireMore();
            return element();
        }

        private Expect afterValue() {
            if (depth == 0) {
                throw problem("unexpected text after the end of the value");
            }
            boolean inObject = bytes[entries[open[depth - 1]]] == '{';
            byte b = bytes[pos];
            if (b == ',') {
                pos++;
                skipSpace();
                requireMore();
                return inObject ? key() : element();
            }
            if (b == (inObject ? '}' : ']')) {
                return closeContainer();
            }
            throw problem(
                    "expected ',' or '" + (inObject ? '}' : ']') + "', but found " + shown(b));
        }

        private Expect openContainer(Expect first) {
            if (depth >= limits.maxDepth()) {
                throw problem("nested deeper than " + limits.maxDepth() + " levels");
            }
            if (depth == open.length) {
                open = Arrays.copyOf(open, depth * 2);
            }
            open[depth++] = add(pos);
            pos++;
            return first;
        }

        private Expect closeContainer() {
            pos++;
            int entry = open[--depth];
            entries[entry + END] = pos;
            entries[entry + NEXT] = length;
            if (limits.uniqueKeys() && bytes[entries[entry]] == '{') {
                refuseRepeatedKeys(entry);
            }
            return Expect.COMMA_OR_END;
        }

        private int add(int start) {
            if (length + STRIDE > entries.length) {
                entries = Arrays.copyOf(entries, entries.length * 2);
            }
            int entry = length;
            entries[entry] = start;
            entries[entry + COUNT] = 0;
            length += STRIDE;
            return entry;
        }

        private void scalar(int start, int count) {
            int entry = add(start);
            entries[entry + END] = pos;
            entries[entry + NEXT] = length;
            entries[entry + COUNT] = count;
        }

        private Expect word(String word) {
            int start = pos;
            for (int i = 0; i < word.length(); i++, pos++) {
                if (pos >= end || bytes[pos] != (byte) word.charAt(i)) {
                    throw problem("expected " + word);
                }
            }
            scalar(start, 0);
            return Expect.COMMA_OR_END;
        }

        private Expect number() {
            int start = pos;
            if (bytes[pos] == '-') {
                pos++;
            }
            if (pos < end && bytes[pos] == '0') {
                pos++;
            } else {
                digits();
            }
            if (pos < end && bytes[pos] == '.') {
                pos++;
                digits();
            }
            if (pos < end && (bytes[pos] == 'e' || bytes[pos] == 'E')) {
                pos++;
                if (pos < end && (bytes[pos] == '+' || bytes[pos] == '-')) {
                    pos++;
                }
                digits();
            }
            if (pos - start > limits.maxNumberLength()) {
                throw problem("a number of more than " + limits.maxNumberLength() + " characters");
            }
            scalar(start, 0);
            return Expect.COMMA_OR_END;
        }

        private void digits() {
            int start = pos;
            while (pos < end && bytes[pos] >= '0' && bytes[pos] <= '9') {
                pos++;
            }
            if (pos == start) {
                throw problem("expected a digit");
            }
        }

        /**
         * Passes a string, eight bytes at a step while they are plain text. The test marks quotes,
         * escapes and control characters by a borrow into the high bit of their byte, which plain
         * ASCII never has; a borrow into the next byte does no harm, as only the lowest mark
         * counts.
         */
        private void string() {
            byte[] text = bytes;
            int start = pos;
            int at = start + 1;
            int escapes = 0;
            while (true) {
                at = skipPlain(text, at, end);
                if (at >= end) {
                    pos = at;
                    throw problem("a string without its closing quote");
                }
                byte b = text[at];
                if (b == '"') {
                    pos = at + 1;
                    scalar(start, escapes);
                    return;
                }
                if (b == '\\') {
                    at = escape(at);
                    escapes = 1;
                } else if (b < 0) {
                    pos = at;
                    utf8();
                    at = pos;
                } else if (b < 0x20) {
                    pos = at;
                    throw problem("a control character in a string must be escaped");
                } else {
                    at++;
                }
            }
        }

        /**
         * The first byte from here on that may need a look: a quote, an escape, a control
         * character, or one beyond ASCII. Eight bytes at a step, and the last few singly.
         */
        private static int skipPlain(byte[] text, int from, int end) {
            int at = from;
            for (; at <= end - Long.BYTES; at += Long.BYTES) {
                long special = special((long) LONGS.get(text, at));
                if (special != 0) {
                    return at + (Long.numberOfTrailingZeros(special) >>> 3);
                }
            }
            while (at < end && text[at] >= ' ' && text[at] != '"' && text[at] != '\\') {
                at++;
            }
            return at;
        }

        private static long special(long word) {
            return (((word ^ QUOTES) - ONES)
                            | ((word ^ BACKSLASHES) - ONES)
                            | (word - SPACES)
                            | word)
                    & HIGH_BITS;
        }

        /** Checks the escape at a backslash; returns where it ends. */
        private int escape(int at) {
            byte letter = at + 1 < end ? bytes[at + 1] : 0;
            return switch (letter) {
                case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 2;
                case 'u' -> unicodeEscape(at);
                default -> {
                    pos = at;
                    throw problem("unknown escape " + shown(letter));
                }
            };
        }

        private int unicodeEscape(int at) {
            if (at + 6 > end || hex(bytes, at + 2) < 0) {
                pos = at;
                throw problem("expected four hexadecimal digits after \\u");
            }
            return at + 6;
        }

        /** Passes one character of two to four bytes; overlong forms and half pairs are refused. */
        private void utf8() {
            int lead = bytes[pos] & 0xFF;
            if (lead >= 0xC2 && lead <= 0xDF) {
                continuation(1, 0x80, 0xBF);
            } else if (lead >= 0xE0 && lead <= 0xEF) {
                continuation(1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF);
                continuation(2, 0x80, 0xBF);
            } else if (lead >= 0xF0 && lead <= 0xF4) {
                continuation(1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF);
                continuation(2, 0x80, 0xBF);
                continuation(3, 0x80, 0xBF);
            } else {
                throw problem("not UTF-8");
            }
            pos += lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        }

        private void continuation(int ahead, int low, int high) {
            int at = pos + ahead;
            int b = at < end ? bytes[at] & 0xFF : 0;
            if (b < low || b > high) {
                throw problem("not UTF-8");
            }
        }

        private void refuseRepeatedKeys(int object) {
            if (entries[object + COUNT] <= PAIRWISE_KEYS) {
                comparePairwise(object);
            } else {
                compareThroughSet(object);
            }
        }

        private void comparePairwise(int object) {
            int count = 0;
            for (int key = object + STRIDE; key < length; key = nextKey(key)) {
                int mark = mark(key);
                for (int i = 0; i < count; i++) {
                    if (marks[i] == mark && sameKey(markedKeys[i], key)) {
                        throw repeated(keyText(key));
                    }
                }
                marks[count] = mark;
                markedKeys[count++] = key;
            }
        }

        /** Equal for equal keys; nearly always different for different ones. */
        private int mark(int key) {
            if (entries[key + COUNT] != 0) {
                return keyText(key).hashCode();
            }
            int from = entries[key] + 1;
            int to = entries[key + END] - 1;
            int hash = 0;
            for (int at = from; at < to; at++) {
                if (bytes[at] < 0) {
                    return keyText(key).hashCode();
                }
                hash = 31 * hash + bytes[at];
            }
            return hash;
        }

        private void compareThroughSet(int object) {
            Set<String> seen = new HashSet<>();
            for (int key = object + STRIDE; key < length; key = nextKey(key)) {
                var text = keyText(key);
                if (!seen.add(text)) {
                    throw repeated(text);
                }
            }
        }

        private boolean sameKey(int a, int b) {
            if ((entries[a + COUNT] | entries[b + COUNT]) != 0) {
                return keyText(a).equals(keyText(b));
            }
            int length = entries[a + END] - entries[a];
            return length == entries[b + END] - entries[b]
                    && Arrays.equals(
                            bytes,
                            entries[a],
                            entries[a] + length,
                            bytes,
                            entries[b],
                            entries[b] + length);
        }

        private int nextKey(int key) {
            return entries[entries[key + NEXT] + NEXT];
        }

        private String keyText(int key) {
            int from = entries[key] + 1;
            int to = entries[key + END] - 1;
            return unescape(bytes, from, to);
        }

        private JsonException repeated(String key) {
            var shown = key.length() > 80 ? key.substring(0, 80) + "…" : key;
            return problem("the key \"" + shown + "\" stands twice in one object");
        }

        private JsonException problem(String what) {
            return new JsonException(what, Math.min(pos, end));
        }

        private static String shown(byte b) {
            return b > 0x20 && b < 0x7F ? "'" + (char) b + "'" : "0x%02x".formatted(b & 0xFF);
        }
    }
}
