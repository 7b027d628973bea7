package io.lynkr.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may use the gateway. Holds hashes only, and takes the same time for a wrong token as for a
 * nearly right one.
 */
public final class AccessTokens {
    /** Nobody has a token: the gateway is open to whoever can reach it. */
    public static final AccessTokens NONE = new AccessTokens(Map.of());

    private static final Pattern NAME = Pattern.compile("[\\w.@-]+");

    private final Map<String, byte[]> hashes;

    private AccessTokens(Map<String, byte[]> hashes) {
        this.hashes = hashes;
    }

    /**
     * Reads {@code name:token,name:token}.
     *
     * @throws IllegalArgumentException saying which item is wrong, without showing it
     */
    public static AccessTokens parse(String text) {
        var hashes = new LinkedHashMap<String, byte[]>();
        int number = 0;
        for (var item : text.split("[,;]", -1)) {
            if (!item.isBlank()) {
                number++;
                read(item, number, hashes);
            }
        }
        return new AccessTokens(hashes);
    }

    private static void read(String item, int number, Map<String, byte[]> hashes) {
        int colon = item.indexOf(':');
        var name = item.substring(0, Math.max(0, colon)).strip();
        var token = item.substring(colon + 1).strip();
        if (!NAME.matcher(name).matches() || token.isEmpty()) {
            throw new IllegalArgumentException("item " + number + " is not name:token");
        }
        if (hashes.put(name, hash(token)) != null) {
            throw new IllegalArgumentException(
                    "item " + number + " has the name '" + name + "' again");
        }
    }

    public boolean isEmpty() {
        return hashes.isEmpty();
    }

    /** The name that goes with a token as the client presented it; empty if nobody has it. */
    public Optional<String> nameOf(String presented) {
        var hash = hash(presented);
        Optional<String> found = Optional.empty();
        for (var entry : hashes.entrySet()) { // to the end, so that time tells nothing
            if (MessageDigest.isEqual(entry.getValue(), hash)) {
                found = Optional.of(entry.getKey());
            }
        }
        return found;
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** The names only. */
    @Override
    public String toString() {
        return hashes.keySet().toString();
    }
}
