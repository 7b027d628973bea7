package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Gate;
import io.lynkr.testing.Json;
import io.lynkr.testing.RawClient;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The real process, told to end as supervisors do it: nobody's answer is lost, and it ends well.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such signals")
class EndsOnASignalIT {
    private static final int PATIENCE_SECONDS = 30;
    private static final String ASK_STREAM = TestGateway.asking("hi", true);

    @TempDir Path folder;

    private final FakeUpstream upstream = new FakeUpstream();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void finishesWhatRunsAndExitsWithZero() throws IOException, InterruptedException {
        var gate = new Gate();
        upstream.answerWith(request -> upstream.modelReply(request).holdBefore(2, gate));
        try (var gateway = new Running(folder, upstream);
                var stream = RawClient.to(gateway.url())) {
            stream.post("/v1/messages", ASK_STREAM);
            assertThat(stream.nextEvent().orElseThrow().name()).isEqualTo("message_start");

            gateway.signal("TERM");

            var ready = gateway.get("/health/ready");
            while (ready.status() == 200) {
                ready = gateway.get("/health/ready");
            }
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.json().text("reason")).isEqualTo("shutting_down");
            assertThat(gateway.get("/health/live").status()).isEqualTo(200);
            assertThat(gateway.process.isAlive()).isTrue();
            gate.open();
            assertThat(stream.events())
                    .last()
                    .extracting(RawClient.Event::name)
                    .isEqualTo("message_stop");
            assertThat(gateway.exitCode()).isZero();
        }
    }

    @Test
    void aSecondSignalEndsItAtOnce() throws IOException, InterruptedException {
        upstream.answerWith(request -> upstream.modelReply(request).holdBefore(2, new Gate()));
        try (var gateway = new Running(folder, upstream);
                var stream = RawClient.to(gateway.url())) {
            stream.post("/v1/messages", ASK_STREAM);
            assertThat(stream.nextEvent().orElseThrow().name()).isEqualTo("message_start");

            gateway.signal("INT");
            while (gateway.get("/health/ready").status() == 200) {
                Thread.onSpinWait();
            }
            gateway.signal("INT");

            assertThat(stream.events()).last().extracting(RawClient.Event::name).isEqualTo("error");
            assertThat(gateway.exitCode()).isZero();
        }
    }

    @Test
    void logsJsonAndNothingElseWhereNoPersonReads() throws IOException, InterruptedException {
        try (var gateway = new Running(folder, upstream)) {
            gateway.get("/nowhere");

            gateway.signal("TERM");

            assertThat(gateway.exitCode()).isZero();
            var messages =
                    gateway.rest().stream().map(line -> Json.parse(line).text("message")).toList();
            assertThat(messages).contains("request", "the gateway has ended");
        }
    }

    /** A gateway in a process of its own. */
    private static final class Running implements AutoCloseable {
        private final Process process;
        private final BufferedReader out;
        private final URI url;

        Running(Path folder, FakeUpstream upstream) throws IOException {
            var builder =
                    new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx256m",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "io.lynkr.Main",
                            "start");
            builder.directory(folder.toFile())
                    .redirectError(folder.resolve("stderr.txt").toFile())
                    .environment()
                    .clear();
            builder.environment()
                    .putAll(
                            Map.of(
                                    "PORT", "0",
                                    "MODEL_PROVIDER", "anthropic",
                                    "ANTHROPIC_UPSTREAM_URL", upstream.url().toString(),
                                    "ANTHROPIC_UPSTREAM_API_KEY", "sk-test-upstream"));
            process = builder.start();
            out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
            url = URI.create(listening().text("address").replace("localhost", "127.0.0.1"));
        }

        /** The line that tells where it listens. */
        private Json listening() throws IOException {
            while (true) {
                var line = out.readLine();
                assertThat(line).as("the process ended; see its stderr.txt").isNotNull();
                var json = Json.parse(line);
                if (json.text("message").equals("the gateway listens")) {
                    return json;
                }
            }
        }

        URI url() {
            return url;
        }

        RawClient.Response get(String path) {
            return RawClient.get(URI.create(url + path));
        }

        void signal(String name) throws IOException, InterruptedException {
            var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()));
            assertThat(kill.start().waitFor()).isZero();
        }

        int exitCode() throws InterruptedException {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ended").isTrue();
            return process.exitValue();
        }

        /** What else it has logged. */
        List<String> rest() {
            return out.lines().toList();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
