package io.lynkr.tool.web;

import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The address of a page, read in the one way in which it is also used: what two programs could read
 * in two ways is refused. Literal IPv4 addresses are four plain decimal numbers or nothing.
 *
 * @param uri absolute, http or https, with its host in ASCII and lower case
 */
record WebAddress(URI uri) {
    private static final int LONGEST = 2_048;
    private static final Pattern PARTS = Pattern.compile("(?i)(https?)://([^/?#]*)(.*)");
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\[\\]:@]+)(?::(\\d{1,5}))?");
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
    private static final Pattern QUAD =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern LEADING_ZERO = Pattern.compile("(^|\\.)0\\d.*");
    private static final Pattern NUMBER = Pattern.compile("\\d+|0x[0-9a-f]*");

    /**
     * Reads an address.
     *
     * @throws ToolException saying what is wrong with it
     */
    static WebAddress parse(String text) throws ToolException {
        var address = text.strip();
        if (address.length() > LONGEST) {
            throw bad("it is longer than " + LONGEST + " characters");
        }
        if (address.chars().anyMatch(c -> c <= ' ' || c == '\\' || c == 0x7f)) {
            throw bad("it has a space, a backslash or a control character in it");
        }
        var parts = PARTS.matcher(address);
        if (!parts.matches()) {
            throw bad("only absolute http and https addresses are fetched");
        }
        var authority = HOST_AND_PORT.matcher(parts.group(2));
        if (!authority.matches()) {
            throw bad("'" + parts.group(2) + "' is no host, or has a user name or password");
        }
        var port = authority.group(2) == null ? "" : ":" + authority.group(2);
        return build(parts.group(1), host(authority.group(1)) + port, parts.group(3));
    }

    /** Where a redirect leads from here; never from https to http. */
    WebAddress redirected(String location) throws ToolException {
        var target = PARTS.matcher(location).matches() ? location : resolved(location);
        var next = parse(target);
        if (isSecure() && !next.isSecure()) {
            throw bad("it leads from https to http, to " + next.uri);
        }
        return next;
    }

    private String resolved(String location) throws ToolException {
        try {
            return uri.resolve(new URI(location)).toString();
        } catch (URISyntaxException | IllegalArgumentException broken) {
            throw bad("it leads to '" + location + "', which is no address");
        }
    }

    private static WebAddress build(String scheme, String authority, String rest)
            throws ToolException {
        try {
            var uri =
                    new URI(
                            new URI(scheme.toLowerCase(Locale.ROOT) + "://" + authority + rest)
                                    .toASCIIString());
            boolean same = uri.getHost() != null && uri.getRawUserInfo() == null;
            if (!same || uri.getPort() == 0 || uri.getPort() > 65_535) {
                throw bad("'" + authority + "' is no host with a port");
            }
            return new WebAddress(withoutFragment(uri));
        } catch (URISyntaxException broken) {
            throw bad(broken.getReason());
        }
    }

    private static URI withoutFragment(URI uri) {
        var text = uri.toString();
        int sign = text.indexOf('#');
        return sign < 0 ? uri : URI.create(text.substring(0, sign));
    }

    private static String host(String given) throws ToolException {
        if (given.startsWith("[")) {
            return given.toLowerCase(Locale.ROOT);
        }
        var host = ascii(given);
        if (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        if (!NAME.matcher(host).matches()) {
            throw bad("'" + given + "' is no host name");
        }
        var last = host.substring(host.lastIndexOf('.') + 1);
        boolean quad = QUAD.matcher(host).matches() && !LEADING_ZERO.matcher(host).matches();
        if (NUMBER.matcher(last).matches() && !quad) {
            throw bad("'" + given + "' is a number that programs read in different ways");
        }
        return host;
    }

    private static String ascii(String host) throws ToolException {
        try {
            return IDN.toASCII(host).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException broken) {
            throw bad("'" + host + "' is no host name");
        }
    }

    /** An IPv6 address in brackets. */
    String host() {
        return uri.getHost();
    }

    int port() {
        return uri.getPort() >= 0 ? uri.getPort() : isSecure() ? 443 : 80;
    }

    boolean isSecure() {
        return uri.getScheme().equals("https");
    }

    private static ToolException bad(String why) {
        return new ToolException(Kind.INVALID_ARGUMENTS, "the address is not fetched: " + why);
    }
}
