package io.lynkr.provider.dialect;

import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Mends arguments of a tool call where it is plain what was meant: a comma too many, closing
 * brackets too few, the whole object twice. Anything else stays broken, since a guess would run a
 * tool with input that nobody asked for.
 */
final class ArgumentRepair {
    private ArgumentRepair() {}

    /** The arguments as one JSON object; empty if they are none and cannot be mended. */
    static Optional<String> repaired(String arguments) {
        if (isObject(arguments)) {
            return Optional.of(arguments);
        }
        return mended(arguments).filter(ArgumentRepair::isObject);
    }

    static boolean isObject(CharSequence text) {
        try {
            JsonObject.parse(text.toString());
            return true;
        } catch (JsonException broken) {
            return false;
        }
    }

    private static Optional<String> mended(String text) {
        var out = new StringBuilder(text.length() + 8);
        Deque<Character> open = new ArrayDeque<>();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                out.append(c);
                if (c == '\\' && i + 1 < text.length()) {
                    out.append(text.charAt(++i));
                }
                quoted = c != '"';
                continue;
            }
            switch (c) {
                case '"' -> quoted = true;
                case '{' -> open.push('}');
                case '[' -> open.push(']');
                case '}', ']' -> {
                    if (open.isEmpty() || open.pop() != c) {
                        return Optional.empty();
                    }
                    dropComma(out);
                }
                default -> {}
            }
            out.append(c);
            if (c == '}' && open.isEmpty()) {
                return once(out.toString(), text.substring(i + 1));
            }
        }
        // Within a string nobody knows how much is missing.
        return quoted || open.isEmpty() ? Optional.empty() : Optional.of(closed(out, open));
    }

    private static Optional<String> once(String first, String rest) {
        return rest.isBlank() || rest.strip().equals(first.strip())
                ? Optional.of(first)
                : Optional.empty();
    }

    private static String closed(StringBuilder out, Deque<Character> open) {
        dropComma(out);
        open.forEach(out::append);
        return out.toString();
    }

    private static void dropComma(StringBuilder out) {
        int last = out.length() - 1;
        while (last >= 0 && Character.isWhitespace(out.charAt(last))) {
            last--;
        }
        if (last >= 0 && out.charAt(last) == ',') {
            out.deleteCharAt(last);
        }
    }
}
