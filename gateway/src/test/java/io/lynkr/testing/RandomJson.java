package io.lynkr.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * JSON texts as nobody would write them: any spelling and any white space that the grammar has.
 *
 * @param random where they come from
 * @param twins whether an object may name a key twice
 */
public record RandomJson(Random random, boolean twins) {
    private static final int DEEPEST = 5;
    private static final List<String> NUMBERS =
            List.of(
                    "0",
                    "-0",
                    "1",
                    "-17",
                    "1.0",
                    "1.50",
                    "0.1e1",
                    "2E+3",
                    "7e-400",
                    "1e99999999999");
    private static final List<String> WORDS = List.of("true", "false", "null");
    private static final List<String> PIECES =
            List.of(
                    "a",
                    "type",
                    " ",
                    "é",
                    "日本",
                    "😀",
                    "\u007f",
                    "\u2028",
                    "\\n",
                    "\\\"",
                    "\\\\",
                    "\\/",
                    "\\u00e9",
                    "\\uD83D\\uDE00",
                    "\\ud83d",
                    "\\u0000",
                    "data: ",
                    "[DONE]",
                    "<think>",
                    "</think>");

    /** Any value, with white space around it. */
    public String document() {
        return space() + value(0) + space();
    }

    /** Any value. */
    public String value() {
        return value(2);
    }

    /** Any object. */
    public String object() {
        return object(List.of());
    }

    /**
     * An object with these members in some order, and up to three unheard-of ones among them.
     *
     * @param members each {@code "key":value}, as it shall stand
     */
    public String object(List<String> members) {
        var all = new ArrayList<>(members);
        for (int i = random.nextInt(4); i > 0; i--) {
            all.add("\"new_%d%s\"%s:%s%s".formatted(i, text(), space(), space(), value()));
        }
        Collections.shuffle(all, random);
        return "{" + joined(all) + "}";
    }

    /** An array of these elements. */
    public String array(List<String> elements) {
        return "[" + joined(elements) + "]";
    }

    /** White space, usually none. */
    public String space() {
        var space = new StringBuilder();
        while (random.nextInt(5) == 0) {
            space.append(" \n\r\t".charAt(random.nextInt(4)));
        }
        return space.toString();
    }

    /** The inside of a string, as JSON spells it. */
    public String text() {
        var text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(one(PIECES));
        }
        return text.toString();
    }

    private String value(int depth) {
        return switch (random.nextInt(depth < DEEPEST ? 7 : 4)) {
            case 0 -> one(NUMBERS);
            case 1 -> random.nextLong() + "0".repeat(random.nextInt(30));
            case 2 -> one(WORDS);
            case 3 -> "\"" + text() + "\"";
            case 4 -> array(elements(depth));
            default -> "{" + joined(members(depth)) + "}";
        };
    }

    private List<String> elements(int depth) {
        var elements = new ArrayList<String>();
        for (int i = random.nextInt(4); i > 0; i--) {
            elements.add(value(depth + 1));
        }
        return elements;
    }

    private List<String> members(int depth) {
        var members = new ArrayList<String>();
        for (int i = random.nextInt(random.nextInt(20) == 0 ? 20 : 4); i > 0; i--) {
            var unique = twins && random.nextInt(4) == 0 ? "" : String.valueOf(i);
            var key = unique + text();
            members.add("\"%s\"%s:%s%s".formatted(key, space(), space(), value(depth + 1)));
        }
        return members;
    }

    private String joined(List<String> parts) {
        var joined = new StringBuilder(space());
        for (int i = 0; i < parts.size(); i++) {
            joined.append(i == 0 ? "" : "," + space()).append(parts.get(i)).append(space());
        }
        return joined.toString();
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
