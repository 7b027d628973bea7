package io.lynkr.provider;

import io.lynkr.message.ApiError;
import io.lynkr.provider.ProviderException.Cause;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;

import javax.net.ssl.SSLException;

/** What can go wrong on the way to an upstream, in words for the person who runs the client. */
final class Failures {
    /** A status of our own, borrowed from nginx: it is never sent, since nobody is there. */
    static final int CLIENT_LEFT = 499;

    private Failures() {}

    static ProviderException connecting(Throwable failure, URI uri) {
        var reason =
                switch (failure) {
                    case UnknownHostException _ -> "its name cannot be resolved";
                    case SSLException tls when isDistrust(tls) ->
                            "TLS failed: nobody vouches for its certificate, or it is for another"
                                    + " name ("
                                    + tls.getMessage()
                                    + "); name its authority in "
                                    + UpstreamTrust.UPSTREAM_CA_FILE.name();
                    case SSLException tls -> "TLS failed: " + tls.getMessage();
                    case Throwable slow when isTimeout(slow) -> "connecting took too long";
                    case ConnectException _ -> "the connection was refused";
                    default -> String.valueOf(failure.getMessage());
                };
        return new ProviderException(
                isDistrust(failure) ? Cause.UNTRUSTED : Cause.UNREACHABLE,
                ApiError.api(502, "the backend at " + peer(uri) + " cannot be reached: " + reason));
    }

    static ProviderException exchanging(Throwable failure, URI uri) {
        if (isTimeout(failure)) {
            return new ProviderException(
                    Cause.TIMEOUT,
                    ApiError.timeout("the backend at " + peer(uri) + " took too long"));
        }
        return new ProviderException(
                Cause.RESET,
                ApiError.api(
                        502,
                        "the backend at "
                                + peer(uri)
                                + " closed the connection before it answered"));
    }

    static ProviderException cut(URI uri) {
        return new ProviderException(
                Cause.CUT,
                ApiError.api(502, "the backend at " + peer(uri) + " broke off its answer"));
    }

    static ProviderException garbled(URI uri, String what) {
        return new ProviderException(
                Cause.GARBLED, ApiError.api(502, "the backend at " + peer(uri) + " sent " + what));
    }

    static ProviderException tooLarge(URI uri, int limit) {
        return tooMuch(uri, "an answer of more than " + limit + " bytes");
    }

    static ProviderException tooMuch(URI uri, String what) {
        return new ProviderException(
                Cause.UNUSABLE, ApiError.api(502, "the backend at " + peer(uri) + " sent " + what));
    }

    static ProviderException noFirstByte(URI uri, Duration waited) {
        return new ProviderException(
                Cause.TIMEOUT,
                ApiError.timeout(
                        "the backend at "
                                + peer(uri)
                                + " did not begin to answer within "
                                + seconds(waited)
                                + " (UPSTREAM_FIRST_BYTE_TIMEOUT_MS)"));
    }

    static ProviderException stalled(URI uri, Duration silence) {
        return new ProviderException(
                Cause.CUT,
                ApiError.timeout(
                        "the backend at "
                                + peer(uri)
                                + " stopped sending in the middle of its answer, nothing came for "
                                + seconds(silence)
                                + " (UPSTREAM_IDLE_TIMEOUT_MS)"));
    }

    static ProviderException tooLong(URI uri) {
        return new ProviderException(
                Cause.CUT,
                ApiError.timeout(
                        "the backend at "
                                + peer(uri)
                                + " did not finish its answer in time"
                                + " (UPSTREAM_TOTAL_TIMEOUT_MS)"));
    }

    static ProviderException cancelled() {
        return new ProviderException(
                Cause.CUT,
                ApiError.api(CLIENT_LEFT, "the client left before the answer was complete"));
    }

    private static boolean isTimeout(Throwable failure) {
        return failure.getClass().getSimpleName().toLowerCase(Locale.ROOT).contains("timeout");
    }

    private static boolean isDistrust(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    /** Host and port only: a path may name an account. */
    private static String peer(URI uri) {
        return uri.getPort() > 0 ? uri.getHost() + ":" + uri.getPort() : uri.getHost();
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() < 1000
                ? duration.toMillis() + " ms"
                : duration.toSeconds() + " s";
    }
}
