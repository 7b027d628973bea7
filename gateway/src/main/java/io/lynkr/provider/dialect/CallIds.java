package io.lynkr.provider.dialect;

import io.lynkr.provider.dialect.OpenAiProfile.Ids;

import java.util.HashSet;
import java.util.Set;

/**
 * The identities of one request's tool calls as the backend takes them: each only once in a
 * conversation, and depending on nothing but what came before. Used by one thread at a time.
 */
final class CallIds {
    private final Ids rule;
    private final Set<String> used = new HashSet<>();

    CallIds(Ids rule) {
        this.rule = rule;
    }

    /** The backend's identity for the next call that the client knows by this one. */
    String next(String original) {
        var wanted = original.isBlank() ? "call" : original;
        var sent = fit(wanted);
        for (int again = 2; !used.add(sent); again++) {
            sent = fit(wanted + "_" + again);
        }
        return sent;
    }

    private String fit(String id) {
        return switch (rule) {
            case ANY -> id;
            case AT_MOST_40 -> isPlain(id, 40) ? id : "call_" + Digest.of(id).substring(0, 24);
            case AT_MOST_64 -> isPlain(id, 64) ? id : "call_" + Digest.of(id).substring(0, 24);
            case NINE_ALPHANUMERIC -> isNine(id) ? id : Digest.of(id).substring(0, 9);
        };
    }

    private static boolean isPlain(String id, int maxLength) {
        return id.length() <= maxLength
                && id.chars().allMatch(c -> isAlphanumeric(c) || c == '_' || c == '-');
    }

    private static boolean isNine(String id) {
        return id.length() == 9 && id.chars().allMatch(CallIds::isAlphanumeric);
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
