package io.lynkr.message;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which of a client's headers may travel on to a backend: all but those on this list. The list is
 * one of denials, since clients send new headers ({@code anthropic-*}, {@code x-claude-code-*})
 * before a gateway can know them; what belongs to one connection, tells who and where the client
 * is, or may be a credential stays here.
 */
public final class ForwardedHeaders {
    private static final Set<String> DENIED =
            Set.of(
                    // One connection's business (RFC 9110, section 7.6.1).
                    "connection",
                    "keep-alive",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "http2-settings",
                    "expect",
                    // About this body and this host: the upstream call has its own.
                    "host",
                    "content-length",
                    "content-encoding",
                    "content-md5",
                    "content-digest",
                    "digest",
                    "accept-encoding",
                    // Who the client is, and by which way it came.
                    "forwarded",
                    "via",
                    "origin",
                    "referer",
                    "x-real-ip",
                    "x-client-ip",
                    "x-cluster-client-ip",
                    "true-client-ip",
                    // The gateway takes part in a trace and continues it with headers of its own.
                    "traceparent",
                    "tracestate",
                    "baggage",
                    // Names of sessions that the gateway keeps.
                    "x-session-id",
                    "x-claude-session-id",
                    "x-claude-session",
                    "x-claude-conversation-id",
                    "anthropic-session-id");

    private static final List<String> DENIED_PREFIXES =
            List.of(
                    "proxy-",
                    "x-forwarded-",
                    "x-envoy-",
                    "x-amzn-",
                    "cf-",
                    "sec-",
                    "access-control-",
                    "x-lynkr-");

    private static final List<String> CREDENTIAL_WORDS =
            List.of("auth", "token", "key", "secret", "password", "passwd", "credential", "cookie");

    private ForwardedHeaders() {}

    /** The headers that may travel on. */
    public static Headers of(Headers client) {
        var named = new HashSet<String>();
        for (var name : client.list("connection")) {
            named.add(name.toLowerCase(Locale.ROOT));
        }
        return client.without(name -> named.contains(name) || isDenied(name));
    }

    /**
     * Whether a header stays here.
     *
     * @param name in lower case
     */
    public static boolean isDenied(String name) {
        return DENIED.contains(name)
                || DENIED_PREFIXES.stream().anyMatch(name::startsWith)
                || CREDENTIAL_WORDS.stream().anyMatch(name::contains);
    }
}
