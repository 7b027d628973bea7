package io.lynkr.provider.demo;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The demo model's idea of a token: up to six characters with the white space before them. */
final class Tokens {
    private static final Pattern TOKEN = Pattern.compile("\\s*\\S{1,6}|\\s+");
    private static final int BYTES_PER_TOKEN = 4;

    private Tokens() {}

    static List<String> split(String text) {
        return TOKEN.matcher(text).results().map(MatchResult::group).toList();
    }

    /** About how many tokens a prompt of so many bytes has; never none. */
    static long estimate(long bytes) {
        return Math.max(1, bytes / BYTES_PER_TOKEN);
    }
}
