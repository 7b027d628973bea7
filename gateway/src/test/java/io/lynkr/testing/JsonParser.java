package io.lynkr.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;

/**
 * Reads one JSON text, strictly: anything left over or out of place is an error with its offset.
 */
final class JsonParser {
    private final String text;
    private int at;

    JsonParser(String text) {
        this.text = text;
    }

    Json parse() {
        var value = value();
        skipSpace();
        if (at < text.length()) {
            throw wrong("something after the value");
        }
        return value;
    }

    private Json value() {
        skipSpace();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new Json.Str(string());
            case 't' -> literal("true", new Json.Bool(true));
            case 'f' -> literal("false", new Json.Bool(false));
            case 'n' -> literal("null", Json.Nothing.NULL);
            default -> number();
        };
    }

    private Json object() {
        var fields = new LinkedHashMap<String, Json>();
        at++;
        skipSpace();
        if (peek() == '}') {
            at++;
            return new Json.Obj(fields);
        }
        while (true) {
            skipSpace();
            if (peek() != '"') {
                throw wrong("expected a field name");
            }
            var name = string();
            skipSpace();
            expect(':');
            fields.put(name, value());
            skipSpace();
            if (peek() == ',') {
                at++;
            } else {
                expect('}');
                return new Json.Obj(fields);
            }
        }
    }

    private Json array() {
        var values = new ArrayList<Json>();
        at++;
        skipSpace();
        if (peek() == ']') {
            at++;
            return new Json.Arr(values);
        }
        while (true) {
            values.add(value());
            skipSpace();
            if (peek() == ',') {
                at++;
            } else {
                expect(']');
                return new Json.Arr(values);
            }
        }
    }

    private String string() {
        at++;
        var out = new StringBuilder();
        while (true) {
            char c = next();
            switch (c) {
                case '"' -> {
                    return out.toString();
                }
                case '\\' -> out.append(escaped());
                default -> {
                    if (c < 0x20) {
                        throw wrong("a raw control character in a string");
                    }
                    out.append(c);
                }
            }
        }
    }

    private char escaped() {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                if (at + 4 > text.length()) {
                    throw wrong("a cut \\u escape");
                }
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> throw wrong("an unknown escape");
        };
    }

    private Json number() {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        var digits = text.substring(start, at);
        if (!digits.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
            throw wrong("not a value");
        }
        return new Json.Num(digits);
    }

    private Json literal(String word, Json value) {
        if (!text.startsWith(word, at)) {
            throw wrong("not a value");
        }
        at += word.length();
        return value;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong("the text ends too early");
        }
        return text.charAt(at);
    }

    private char next() {
        char c = peek();
        at++;
        return c;
    }

    private void expect(char c) {
        if (peek() != c) {
            throw wrong("expected " + c);
        }
        at++;
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("bad JSON at offset " + at + ": " + what);
    }
}
