package io.lynkr.provider.dialect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names of one request's tools as the backend knows them, and the way back. A name that the
 * backend takes stays; any other is replaced by one that depends on the name alone, so that it is
 * the same in every request of a conversation. Used by one thread at a time.
 */
final class ToolNames {
    private static final int DIGEST = 8;

    private final int maxLength;
    private final boolean letterFirst;
    private final Map<String, String> sent = new HashMap<>();
    private final Map<String, String> originals = new HashMap<>();

    ToolNames(List<String> names, int maxLength, boolean letterFirst) {
        this.maxLength = maxLength;
        this.letterFirst = letterFirst;
        var strange = new ArrayList<String>();
        for (var name : names) {
            if (isTaken(name)) {
                add(name, name);
            } else {
                strange.add(name);
            }
        }
        var ambiguous = shared(strange);
        for (var name : strange) {
            var plain = plain(name);
            add(
                    name,
                    ambiguous.contains(plain) || originals.containsKey(plain)
                            ? digested(name)
                            : plain);
        }
    }

    /** The backend's name for a tool, which may also be one that only the history knows. */
    String sent(String original) {
        var known = sent.get(original);
        if (known != null) {
            return known;
        }
        var name = plain(original);
        if (originals.containsKey(name)) {
            name = digested(original);
        }
        add(original, name);
        return name;
    }

    /** The client's name for a tool that the backend called; an unknown name stays as it is. */
    String original(String name) {
        return originals.getOrDefault(name, name);
    }

    private void add(String original, String name) {
        sent.put(original, name);
        originals.put(name, original);
    }

    private Set<String> shared(List<String> strange) {
        var once = new HashSet<String>();
        var again = new HashSet<String>();
        for (var name : new HashSet<>(strange)) {
            var plain = plain(name);
            if (!once.add(plain)) {
                again.add(plain);
            }
        }
        return again;
    }

    private boolean isTaken(String name) {
        return !name.isEmpty() && name.length() <= maxLength && plain(name).equals(name);
    }

    /** The name with what is not allowed replaced; a long one ends in a digest of the whole. */
    private String plain(String name) {
        var plain = new StringBuilder(name.length() + 1);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            plain.append(isAllowed(c) ? c : '_');
        }
        if (plain.isEmpty() || (letterFirst && !isLetter(plain.charAt(0)))) {
            plain.insert(0, '_');
        }
        return plain.length() <= maxLength ? plain.toString() : shortened(plain, name);
    }

    private String digested(String name) {
        return shortened(new StringBuilder(plain(name)), name);
    }

    private String shortened(StringBuilder plain, String name) {
        plain.setLength(Math.min(plain.length(), maxLength - DIGEST - 1));
        return plain.append('_').append(Digest.of(name), 0, DIGEST).toString();
    }

    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }
}
