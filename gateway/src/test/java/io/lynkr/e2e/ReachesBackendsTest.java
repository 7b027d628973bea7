package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.FakeProxy;
import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.TestGateway;
import io.lynkr.testing.TlsFront;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Backends behind proxies and with certificates of a company's own authority. */
class ReachesBackendsTest {
    private static final String ASK = TestGateway.asking("hi", true);

    @TempDir private Path folder;

    private final FakeUpstream upstream = new FakeUpstream();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void tunnelsToAnHttpsBackendThroughTheProxy() {
        try (var tls = new TlsFront("models.example", upstream.url().getPort(), folder);
                var proxy = new FakeProxy(tls.port());
                var gateway =
                        gateway(
                                "https://models.example",
                                "HTTPS_PROXY",
                                "http://user:pass@127.0.0.1:" + proxy.port(),
                                "UPSTREAM_CA_FILE",
                                tls.certificate().toString())) {
            assertThat(gateway.messages(ASK).body()).contains("event: message_stop");

            assertThat(proxy.heads().getFirst())
                    .startsWith("CONNECT models.example:443 HTTP/1.1\r\n")
                    .containsIgnoringCase("proxy-authorization: Basic dXNlcjpwYXNz\r\n")
                    .doesNotContain("sk-test-upstream");
        }
    }

    @Test
    void asksTheProxyForAnHttpBackend() {
        try (var proxy = new FakeProxy(upstream.url().getPort());
                var gateway =
                        gateway(
                                "http://models.example",
                                "http_proxy",
                                "127.0.0.1:" + proxy.port())) {
            assertThat(gateway.messages(ASK).statusCode()).isEqualTo(200);

            assertThat(proxy.heads().getFirst())
                    .startsWith("POST http://models.example/v1/messages HTTP/1.1\r\n");
        }
    }

    @Test
    void reachesThisMachineDirectly() {
        try (var proxy = new FakeProxy(1);
                var gateway =
                        TestGateway.inFrontOf(
                                upstream, "HTTP_PROXY", "http://127.0.0.1:" + proxy.port())) {
            assertThat(gateway.messages(ASK).statusCode()).isEqualTo(200);
            assertThat(proxy.heads()).isEmpty();
        }
    }

    @Test
    void refusesACertificateThatNobodyVouchesFor() {
        try (var tls = new TlsFront("localhost", upstream.url().getPort(), folder);
                var gateway = gateway("https://localhost:" + tls.port())) {
            var answer = gateway.messages(ASK);

            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.body()).contains("TLS failed", "UPSTREAM_CA_FILE");
            assertThat(upstream.calls()).isEmpty();
        }
    }

    @Test
    void refusesACertificateForAnotherName() {
        try (var tls = new TlsFront("other.example", upstream.url().getPort(), folder);
                var gateway =
                        gateway(
                                "https://localhost:" + tls.port(),
                                "UPSTREAM_CA_FILE",
                                tls.certificate().toString())) {
            assertThat(gateway.messages(ASK).statusCode()).isEqualTo(502);
            assertThat(upstream.calls()).isEmpty();
        }
    }

    private static TestGateway gateway(String url, String... more) {
        var settings = new ArrayList<>(List.of(more));
        settings.addAll(
                List.of(
                        "MODEL_PROVIDER",
                        "anthropic",
                        "ANTHROPIC_UPSTREAM_URL",
                        url,
                        "ANTHROPIC_UPSTREAM_API_KEY",
                        "sk-test-upstream"));
        return TestGateway.with(settings.toArray(String[]::new));
    }
}
