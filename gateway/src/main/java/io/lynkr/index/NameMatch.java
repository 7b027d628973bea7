package io.lynkr.index;

import java.util.Locale;

/** How well a name fits what somebody typed; smaller is better. */
final class NameMatch {
    static final int NONE = Integer.MAX_VALUE;
    private static final int SHORTEST_LOOSE = 3;

    private final String text;
    private final String lower;
    private final boolean hasCapital;

    NameMatch(String text) {
        this.text = text;
        this.lower = text.toLowerCase(Locale.ROOT);
        this.hasCapital = !text.equals(lower);
    }

    int of(String name) {
        if (name.equals(text)) {
            return 0;
        }
        if (name.length() < text.length()) {
            return NONE;
        }
        if (name.equalsIgnoreCase(text)) {
            return 1;
        }
        if (name.startsWith(text)) {
            return 2;
        }
        if (name.regionMatches(true, 0, text, 0, text.length())) {
            return 3;
        }
        if (hasCapital && humps(name, 0, 0)) {
            return 4;
        }
        if (text.length() < SHORTEST_LOOSE) {
            return NONE;
        }
        if (name.toLowerCase(Locale.ROOT).contains(lower)) {
            return 5;
        }
        return isSubsequence(name) ? 6 : NONE;
    }

    /** Whether the text is made of beginnings of the name's words: {@code GsBu} for GsonBuilder. */
    private boolean humps(String name, int at, int typed) {
        if (typed == text.length()) {
            return true;
        }
        if (at == name.length()) {
            return false;
        }
        char wanted = text.charAt(typed);
        if (name.charAt(at) == wanted && humps(name, at + 1, typed + 1)) {
            return true;
        }
        if (typed == 0 && at == 0) {
            return false;
        }
        for (int next = at; next < name.length(); next++) {
            boolean begins =
                    Character.isUpperCase(name.charAt(next))
                            || (next > 0 && name.charAt(next - 1) == '_');
            if (begins && name.charAt(next) == wanted) {
                return humps(name, next + 1, typed + 1);
            }
        }
        return false;
    }

    /** A slip of the fingers: all letters are there in this order, and few others. */
    private boolean isSubsequence(String name) {
        if (name.length() > text.length() * 3 / 2 || text.length() < SHORTEST_LOOSE + 1) {
            return false;
        }
        int typed = 0;
        for (int i = 0; i < name.length() && typed < lower.length(); i++) {
            if (Character.toLowerCase(name.charAt(i)) == lower.charAt(typed)) {
                typed++;
            }
        }
        return typed == lower.length();
    }
}
