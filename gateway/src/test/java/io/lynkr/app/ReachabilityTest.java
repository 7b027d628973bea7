package io.lynkr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.lynkr.app.ProbeResult.Outcome;
import io.lynkr.provider.UpstreamTrust;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

class ReachabilityTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    @Test
    void findsADoorThatIsThere() throws IOException {
        try (var server = new ServerSocket(0, 1, LOOPBACK)) {
            var results =
                    Reachability.of(
                            URI.create("http://127.0.0.1:" + server.getLocalPort()),
                            UpstreamTrust.USUAL);

            assertThat(results)
                    .extracting(ProbeResult::name, ProbeResult::outcome)
                    .containsExactly(
                            tuple("host name", Outcome.PASS), tuple("connection", Outcome.PASS));
        }
    }

    @Test
    void saysThatNobodyListens() {
        var results = Reachability.of(URI.create("http://127.0.0.1:1"), UpstreamTrust.USUAL);

        assertThat(results.getLast().isFatal()).isTrue();
        assertThat(results.getLast().detail()).startsWith("port 1 does not answer (");
    }

    @Test
    void saysThatANameIsUnknown() {
        var results =
                Reachability.of(URI.create("https://no-such-host.invalid"), UpstreamTrust.USUAL);

        assertThat(results).singleElement().matches(ProbeResult::isFatal);
        assertThat(results.getFirst().detail()).startsWith("no-such-host.invalid is unknown");
    }

    @Test
    void saysThatAServerDoesNotSpeakTls() throws IOException {
        try (var server = new ServerSocket(0, 1, LOOPBACK)) {
            var plain = Thread.startVirtualThread(() -> answerOnceInPlainText(server));

            var results =
                    Reachability.of(
                            URI.create("https://127.0.0.1:" + server.getLocalPort()),
                            UpstreamTrust.USUAL);

            assertThat(results.getLast().name()).isEqualTo("TLS");
            assertThat(results.getLast().isFatal()).isTrue();
            plain.interrupt();
        }
    }

    private static void answerOnceInPlainText(ServerSocket server) {
        try (var socket = server.accept()) {
            socket.getOutputStream()
                    .write(
                            "HTTP/1.1 400 Bad Request\r\n\r\n"
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        } catch (IOException clientLeft) {
            return;
        }
    }
}
