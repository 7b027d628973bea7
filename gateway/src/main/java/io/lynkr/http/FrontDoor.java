package io.lynkr.http;

import io.lynkr.message.ApiError;
import io.lynkr.message.ApiException;
import io.lynkr.message.Headers;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides on the head of a request alone whether it may come in, before a byte of its body is read:
 * path, host, origin, method, credential, type, length, in this order.
 */
final class FrontDoor {
    private static final Pattern PLAIN_PATH = Pattern.compile("/[\\x21-\\x7e]*");
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
    private static final int MAX_HEADERS = 100;
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final List<String> TRAPS =
            List.of("..", "//", ";", "\\", "%2f", "%5c", "%00", "%2e");

    private final Routes routes;
    private final HttpSettings settings;
    private final Set<String> hosts;

    FrontDoor(Routes routes, HttpSettings settings) {
        this.routes = routes;
        this.settings = settings;
        this.hosts = new HashSet<>(settings.allowedHosts());
        hosts.addAll(LOOPBACK_NAMES);
        hosts.add(settings.host().toLowerCase(Locale.ROOT));
    }

    /**
     * The route that will answer, noted with the caller's name in the journal.
     *
     * @throws ApiException if the request may not come in
     */
    Routes.Route admit(RequestHead head, RequestJournal.Entry entry) {
        checkShape(head.headers());
        checkPath(head.path());
        checkHost(head.headers());
        checkOrigin(head.headers());
        var route = route(head);
        entry.routedTo(route);
        if (!route.open().test(head)) {
            entry.facts().calledBy(callerOf(head.headers()));
        }
        if (head.method().equals("POST")) {
            checkBody(head.headers());
        }
        return route;
    }

    private static void checkShape(Headers headers) {
        if (headers.size() > MAX_HEADERS) {
            throw new ApiException(
                    new ApiError(
                            431,
                            "invalid_request_error",
                            "a request may have "
                                    + MAX_HEADERS
                                    + " headers, this one has "
                                    + headers.size()));
        }
        var coding = headers.first("transfer-encoding").orElse("chunked");
        if (!coding.equalsIgnoreCase("chunked")) {
            throw new ApiException(
                    ApiError.invalidRequest(
                            "transfer-encoding must be chunked, but is '"
                                    + shortened(coding)
                                    + "'"));
        }
    }

    private static void checkPath(String path) {
        var lower = path.toLowerCase(Locale.ROOT);
        if (!PLAIN_PATH.matcher(path).matches() || TRAPS.stream().anyMatch(lower::contains)) {
            throw new ApiException(ApiError.invalidRequest("the path is not a plain one"));
        }
    }

    /** A web page may point a name of its own at this machine; it cannot choose ours. */
    private void checkHost(Headers headers) {
        var named = headers.all("host");
        if (named.size() != 1) {
            throw new ApiException(
                    ApiError.invalidRequest(
                            "a request needs exactly one Host header, this one has "
                                    + named.size()));
        }
        if (!settings.accessTokens().isEmpty() && settings.allowedHosts().isEmpty()) {
            return; // whoever comes in has a token, which no foreign page can send
        }
        var host = PORT.matcher(named.getFirst().toLowerCase(Locale.ROOT)).replaceFirst("");
        if (!hosts.contains(host)) {
            throw new ApiException(
                    new ApiError(
                            421,
                            "invalid_request_error",
                            "this gateway does not go by the name '"
                                    + shortened(host)
                                    + "'; use localhost, or name it in ALLOWED_HOSTS"));
        }
    }

    private static void checkOrigin(Headers headers) {
        var site = headers.first("sec-fetch-site").orElse("none");
        if (headers.has("origin") || !(site.equals("none") || site.equals("same-origin"))) {
            throw new ApiException(
                    new ApiError(
                            403, "permission_error", "requests from web pages are not allowed"));
        }
    }

    private Routes.Route route(RequestHead head) {
        var found = routes.find(head.method(), head.path());
        if (found.isPresent()) {
            return found.get();
        }
        var methods = routes.methodsOf(head.path());
        if (methods.isEmpty()) {
            throw new ApiException(
                    ApiError.notFound(
                            "there is nothing at " + head.method() + " " + shortened(head.path())));
        }
        throw new ApiException(
                new ApiError(
                        405,
                        "invalid_request_error",
                        head.path()
                                + " does not know "
                                + head.method()
                                + ", only "
                                + String.join(", ", methods)),
                Headers.of("allow", String.join(", ", methods)));
    }

    /** The name that goes with the request's token; empty if nobody needs one. */
    private String callerOf(Headers headers) {
        var tokens = settings.accessTokens();
        if (tokens.isEmpty()) {
            return "";
        }
        var bearer =
                headers.first("authorization")
                        .filter(value -> value.regionMatches(true, 0, "bearer ", 0, 7))
                        .map(value -> value.substring(7).strip());
        var name = headers.first("x-api-key").flatMap(tokens::nameOf);
        var bearerName = bearer.flatMap(tokens::nameOf);
        return name.or(() -> bearerName)
                .orElseThrow(
                        () ->
                                new ApiException(
                                        new ApiError(
                                                401,
                                                "authentication_error",
                                                "this gateway needs an access token as x-api-key or"
                                                    + " bearer; set ANTHROPIC_AUTH_TOKEN to the one"
                                                    + " you were given"),
                                        Headers.of("x-should-retry", "false")));
    }

    private void checkBody(Headers headers) {
        var type = headers.first("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.equals("application/json") && !type.matches("application/json\\s*;.*")) {
            throw new ApiException(
                    new ApiError(
                            415,
                            "invalid_request_error",
                            "content-type must be application/json, but is '"
                                    + shortened(type)
                                    + "'"));
        }
        var encoding = headers.first("content-encoding").orElse("identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            throw new ApiException(
                    new ApiError(
                            415,
                            "invalid_request_error",
                            "content-encoding must be identity, but is '"
                                    + shortened(encoding)
                                    + "'"));
        }
        headers.first("content-length").ifPresent(this::checkLength);
    }

    private void checkLength(String length) {
        if (!LENGTH.matcher(length).matches()) {
            throw new ApiException(
                    ApiError.invalidRequest("content-length must be one whole number"));
        }
        if (Long.parseLong(length) > settings.bodyLimit()) {
            throw tooLarge(settings.bodyLimit());
        }
    }

    static ApiException tooLarge(int limit) {
        return new ApiException(
                new ApiError(
                        413,
                        "request_too_large",
                        "the request body is larger than " + limit + " bytes (REQUEST_JSON_LIMIT)"),
                Headers.of("connection", "close"));
    }

    private static String shortened(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}
