package io.lynkr.mcp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Under which names tools and prompts of servers are offered: {@code mcp_<server>_<tool>}, of
 * letters, digits, {@code _} and {@code -}, at most 64 characters. What does not fit, or is taken,
 * ends in a hash of both names, which stays the same whatever else there is.
 */
public final class HostedNames {
    private static final Pattern UNFIT = Pattern.compile("[^A-Za-z0-9_-]");
    private static final int LONGEST = 64;
    private static final int HASH_DIGITS = 8;

    private HostedNames() {}

    /**
     * @param taken names of others
     */
    public static String offered(String server, String name, Set<String> taken) {
        var plain = "mcp_" + server + "_" + UNFIT.matcher(name).replaceAll("_");
        if (plain.length() <= LONGEST && !taken.contains(plain)) {
            return plain;
        }
        var hash = hash(server + "\0" + name);
        var room = LONGEST - HASH_DIGITS - 1;
        return plain.substring(0, Math.min(plain.length(), room)) + "_" + hash;
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var bytes = digest.digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
