package io.lynkr.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer of JSON text in UTF-8. */
public final class JsonOutput {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] buffer;
    private int length;

    public JsonOutput() {
        this(256);
    }

    public JsonOutput(int expectedLength) {
        buffer = new byte[Math.max(16, expectedLength)];
    }

    /** Appends text that is ASCII and needs no escaping, such as punctuation. */
    public JsonOutput ascii(String text) {
        int count = text.length();
        room(count);
        for (int i = 0; i < count; i++) {
            buffer[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    /** Appends bytes that are JSON already. */
    public JsonOutput raw(byte[] source, int from, int to) {
        room(to - from);
        System.arraycopy(source, from, buffer, length, to - from);
        length += to - from;
        return this;
    }

    public JsonOutput raw(byte[] source) {
        return raw(source, 0, source.length);
    }

    /** Appends a quoted string. */
    public JsonOutput string(String text) {
        put('"');
        escaped(text);
        put('"');
        return this;
    }

    /** Appends the inside of a string: escaped, without quotes. */
    JsonOutput escaped(String text) {
        room(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                asciiChar(c);
            } else if (Character.isSurrogate(c)) {
                i += surrogate(text, i);
            } else {
                encode(c);
            }
        }
        return this;
    }

    void put(char ascii) {
        room(1);
        buffer[length++] = (byte) ascii;
    }

    public int length() {
        return length;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }

    @Override
    public String toString() {
        return new String(buffer, 0, length, StandardCharsets.UTF_8);
    }

    private void asciiChar(char c) {
        switch (c) {
            case '"' -> ascii("\\\"");
            case '\\' -> ascii("\\\\");
            case '\n' -> ascii("\\n");
            case '\r' -> ascii("\\r");
            case '\t' -> ascii("\\t");
            case '\b' -> ascii("\\b");
            case '\f' -> ascii("\\f");
            default -> {
                if (c < 0x20) {
                    unicodeEscape(c);
                } else {
                    put(c);
                }
            }
        }
    }

    /** Writes a pair as four bytes, and half a pair as an escape; returns the extra chars used. */
    private int surrogate(String text, int at) {
        char first = text.charAt(at);
        if (Character.isHighSurrogate(first)
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1))) {
            encode(Character.toCodePoint(first, text.charAt(at + 1)));
            return 1;
        }
        unicodeEscape(first);
        return 0;
    }

    private void encode(int codePoint) {
        room(4);
        if (codePoint < 0x800) {
            buffer[length++] = (byte) (0xC0 | (codePoint >> 6));
        } else {
            if (codePoint < 0x10000) {
                buffer[length++] = (byte) (0xE0 | (codePoint >> 12));
            } else {
                buffer[length++] = (byte) (0xF0 | (codePoint >> 18));
                buffer[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
            }
            buffer[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
        }
        buffer[length++] = (byte) (0x80 | (codePoint & 0x3F));
    }

    private void unicodeEscape(char c) {
        room(6);
        buffer[length++] = '\\';
        buffer[length++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            buffer[length++] = HEX[(c >> shift) & 0xF];
        }
    }

    private void room(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }
}
