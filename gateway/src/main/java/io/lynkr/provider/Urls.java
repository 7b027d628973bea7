package io.lynkr.provider;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Puts the addresses of a backend's services together. */
public final class Urls {
    private static final String MESSAGES = "/v1/messages";

    private Urls() {}

    /** The address below a base; the base's query, if it has one, is kept. */
    public static URI below(URI base, String path) {
        return withPath(base, pathOf(base) + path);
    }

    /** The base without its path, and another path instead; the query is kept. */
    public static URI withPath(URI base, String path) {
        var query = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
        return URI.create(base.getScheme() + "://" + base.getRawAuthority() + path + query);
    }

    /** The port, also if it is the scheme's own. */
    public static int port(URI uri) {
        if (uri.getPort() > 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    /** The path without slashes at its end; empty for the root. */
    public static String pathOf(URI base) {
        return base.getRawPath().replaceFirst("/+$", "");
    }

    /** A text as one segment of a path, whatever characters are in it. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Names and values as a form's body. */
    public static String form(String... namesAndValues) {
        var form = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.append(i == 0 ? "" : "&")
                    .append(namesAndValues[i])
                    .append('=')
                    .append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
        }
        return form.toString();
    }

    /**
     * Where messages are posted, from an address that people give with or without its last parts.
     *
     * @param root the path to the API where the address has no path at all; empty for none
     */
    public static URI messages(URI given, String root) {
        var path = pathOf(given);
        if (path.endsWith(MESSAGES)) {
            return withPath(given, path);
        }
        if (path.endsWith("/v1")) {
            return withPath(given, path + "/messages");
        }
        return withPath(given, (path.isEmpty() ? root : path) + MESSAGES);
    }
}
