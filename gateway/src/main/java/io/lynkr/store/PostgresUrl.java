package io.lynkr.store;

import io.lynkr.config.Secret;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Where a PostgreSQL database is and who may use it, as in {@code
 * postgresql://user:password@host:5432/name?sslmode=require}. Prints without user and password.
 *
 * @param jdbc the address as Java's driver wants it, without user and password
 */
public record PostgresUrl(String jdbc, Optional<String> user, Optional<Secret> password) {
    private static final Set<String> SCHEMES = Set.of("postgres", "postgresql");

    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException if it is no such address; the message has nothing of it
     */
    public static PostgresUrl parse(String text) {
        try {
            var uri = new URI(text);
            if (!SCHEMES.contains(String.valueOf(uri.getScheme()))
                    || uri.getHost() == null
                    || uri.getPath().length() < 2) {
                throw new IllegalArgumentException("not the address of a database");
            }
            var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            var who = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
            var parts = who.split(":", 2);
            return new PostgresUrl(
                    "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query,
                    Optional.of(decoded(parts[0])).filter(name -> !name.isEmpty()),
                    parts.length < 2
                            ? Optional.empty()
                            : Optional.of(new Secret(decoded(parts[1]))));
        } catch (URISyntaxException broken) {
            // Its message would repeat the password.
            throw new IllegalArgumentException("not an address");
        }
    }

    /** Plus signs stand for themselves here. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return jdbc.substring("jdbc:".length()).split("\\?", 2)[0];
    }
}
