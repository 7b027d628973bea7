package io.lynkr.workspace;

/**
 * Patterns for paths: {@code *} and {@code ?} stay within a name, {@code **} crosses folders,
 * {@code [a-z]} and {@code [!a-z]} are sets, a backslash takes the next character as it is. Time
 * grows with the product of the lengths at most, whatever the pattern.
 */
public final class Glob {
    private final String pattern;
    private final String text;
    private final boolean[] matched;

    private Glob(String pattern, String text) {
        this.pattern = pattern;
        this.text = text;
        this.matched = new boolean[(pattern.length() + 1) * (text.length() + 1)];
    }

    /** Whether the whole text is what the pattern says. */
    public static boolean matches(String pattern, String text) {
        if (pattern.length() > 1000 || text.length() > 8192) {
            return false;
        }
        return new Glob(pattern, text).fromTheEnd();
    }

    /**
     * Fills in what each rest of the pattern matches of each rest of the text, longer from shorter.
     */
    private boolean fromTheEnd() {
        for (int p = pattern.length(); p >= 0; p--) {
            for (int t = text.length(); t >= 0; t--) {
                matched[p * (text.length() + 1) + t] = compute(p, t);
            }
        }
        return from(0, 0);
    }

    private boolean from(int p, int t) {
        return matched[p * (text.length() + 1) + t];
    }

    private boolean compute(int p, int t) {
        if (p == pattern.length()) {
            return t == text.length();
        }
        return switch (pattern.charAt(p)) {
            case '*' -> star(p, t);
            case '?' -> t < text.length() && text.charAt(t) != '/' && from(p + 1, t + 1);
            case '[' -> set(p, t);
            case '\\' -> p + 1 < pattern.length() ? same(p + 1, t) : same(p, t);
            default -> same(p, t);
        };
    }

    private boolean same(int p, int t) {
        return t < text.length() && text.charAt(t) == pattern.charAt(p) && from(p + 1, t + 1);
    }

    private boolean star(int p, int t) {
        int next = p;
        while (next < pattern.length() && pattern.charAt(next) == '*') {
            next++;
        }
        boolean acrossFolders = next - p > 1;
        // "**/x" is also "x"
        if (acrossFolders
                && next < pattern.length()
                && pattern.charAt(next) == '/'
                && (t == 0 || text.charAt(t - 1) == '/')
                && from(next + 1, t)) {
            return true;
        }
        return from(next, t)
                || (t < text.length()
                        && (acrossFolders || text.charAt(t) != '/')
                        && from(p, t + 1));
    }

    private boolean set(int p, int t) {
        int close = pattern.indexOf(']', p + 2);
        if (close < 0) {
            return same(p, t);
        }
        if (t == text.length() || text.charAt(t) == '/') {
            return false;
        }
        boolean not = pattern.charAt(p + 1) == '!' || pattern.charAt(p + 1) == '^';
        if (not && close == p + 2) {
            close = pattern.indexOf(']', p + 3);
            if (close < 0) {
                return same(p, t);
            }
        }
        return isIn(not ? p + 2 : p + 1, close, text.charAt(t)) != not && from(close + 1, t + 1);
    }

    private boolean isIn(int start, int end, char c) {
        for (int i = start; i < end; i++) {
            char low = pattern.charAt(i);
            if (i + 2 < end && pattern.charAt(i + 1) == '-') {
                if (low <= c && c <= pattern.charAt(i + 2)) {
                    return true;
                }
                i += 2;
            } else if (low == c) {
                return true;
            }
        }
        return false;
    }
}
