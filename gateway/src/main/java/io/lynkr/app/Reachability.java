package io.lynkr.app;

import io.lynkr.app.ProbeResult.Need;
import io.lynkr.app.ProbeResult.Outcome;
import io.lynkr.provider.UpstreamTrust;
import io.lynkr.provider.Urls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** Goes to a backend's door without knocking: name, connection, certificate. */
public final class Reachability {
    private static final int PATIENCE_MS = 5_000;

    private final URI address;
    private final UpstreamTrust trust;
    private final List<ProbeResult> results = new ArrayList<>();

    private Reachability(URI address, UpstreamTrust trust) {
        this.address = address;
        this.trust = trust;
    }

    /** Tries each step, up to the first that fails. */
    public static List<ProbeResult> of(URI address, UpstreamTrust trust) {
        var way = new Reachability(address, trust);
        way.resolve();
        return List.copyOf(way.results);
    }

    private void resolve() {
        try {
            var found = InetAddress.getAllByName(address.getHost());
            note(
                    "host name",
                    Outcome.PASS,
                    address.getHost()
                            + " is "
                            + Arrays.stream(found)
                                    .map(InetAddress::getHostAddress)
                                    .collect(Collectors.joining(", ")));
            connect(found[0]);
        } catch (UnknownHostException unknown) {
            note(
                    "host name",
                    Outcome.FAIL,
                    address.getHost() + " is unknown. Look for a slip in the address, or at DNS");
        }
    }

    private void connect(InetAddress host) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port()), PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            note("connection", Outcome.PASS, "port " + port() + " answers");
            if (isTls()) {
                shakeHands(socket);
            }
        } catch (IOException refused) {
            note(
                    "connection",
                    Outcome.FAIL,
                    "port " + port() + " does not answer (" + refused.getMessage() + ")");
        }
    }

    private void shakeHands(Socket socket) {
        try (var secure = secure(socket)) {
            var parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            note("TLS", Outcome.PASS, secure.getSession().getProtocol());
        } catch (SSLException untrusted) {
            note(
                    "TLS",
                    Outcome.FAIL,
                    untrusted.getMessage()
                            + ". If a proxy with a certificate of its own stands between, name its"
                            + " authority's certificate in "
                            + UpstreamTrust.UPSTREAM_CA_FILE.name());
        } catch (IOException cut) {
            note("TLS", Outcome.FAIL, "the connection broke (" + cut.getMessage() + ")");
        }
    }

    private SSLSocket secure(Socket socket) throws IOException {
        try {
            return (SSLSocket)
                    trust.context()
                            .getSocketFactory()
                            .createSocket(socket, address.getHost(), port(), true);
        } catch (GeneralSecurityException noTls) {
            throw new IOException("this Java has no TLS", noTls);
        }
    }

    private boolean isTls() {
        return "https".equalsIgnoreCase(address.getScheme());
    }

    private int port() {
        return Urls.port(address);
    }

    private void note(String name, Outcome outcome, String detail) {
        results.add(new ProbeResult(name, outcome, Need.REQUIRED, detail));
    }
}
