package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;

import io.lynkr.config.ConfigException;
import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** OpenTelemetry, as far as a collector sees it. */
class SendsTracesTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final FakeUpstream upstream = new FakeUpstream();
    private final Map<String, String> received = new ConcurrentHashMap<>();
    private HttpServer collector;

    @BeforeEach
    void start() throws IOException {
        collector =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        collector.createContext(
                "/",
                exchange -> {
                    var body = exchange.getRequestBody().readAllBytes();
                    received.merge(
                            exchange.getRequestURI().getPath(),
                            // Protobuf keeps texts as they are.
                            new String(body, StandardCharsets.ISO_8859_1),
                            String::concat);
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        collector.start();
    }

    @AfterEach
    void stop() {
        collector.stop(0);
        upstream.close();
    }

    @Test
    void tellsOfATurnAndNotOfWhatWasSaid() {
        try (var gateway = gateway()) {
            gateway.messages(
                    TestGateway.asking("the secret plan", true),
                    "traceparent",
                    "00-" + TRACE + "-b7ad6b7169203331-01",
                    "x-session-id",
                    "talk-1");
        }

        assertThat(received).containsOnlyKeys("/v1/traces", "/v1/metrics");
        assertThat(received.get("/v1/traces"))
                .contains(
                        "chat claude-x",
                        "gen_ai.usage.output_tokens",
                        "gen_ai.conversation.id",
                        "talk-1",
                        new String(bytes(TRACE), StandardCharsets.ISO_8859_1))
                .doesNotContain("secret plan");
        assertThat(received.get("/v1/metrics"))
                .contains("gen_ai.client.token.usage", "gen_ai.client.operation.duration");
    }

    @Test
    void namesAFailureByItsOutcome() {
        upstream.willFail(503, "busy");
        try (var gateway = gateway()) {
            gateway.messages(TestGateway.asking("hi", true));
        }

        assertThat(received.get("/v1/traces")).contains("error.type", "upstream_");
    }

    @Test
    void saysThatOnlyOneProtocolIsSpoken() {
        assertThatThrownBy(
                        () ->
                                TestGateway.inFrontOf(
                                        upstream, "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("OTEL_EXPORTER_OTLP_PROTOCOL")
                .hasMessageContaining("http/protobuf");
    }

    private TestGateway gateway() {
        return TestGateway.inFrontOf(
                upstream,
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:" + collector.getAddress().getPort());
    }

    private static byte[] bytes(String hex) {
        return java.util.HexFormat.of().parseHex(hex);
    }
}
