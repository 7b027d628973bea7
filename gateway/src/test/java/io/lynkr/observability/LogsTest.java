package io.lynkr.observability;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.observability.Logs.Threshold;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Logging belongs to the whole process, so these tests put it back as they found it. */
@Isolated
class LogsTest {
    private static final Logger LOG = LoggerFactory.getLogger("io.lynkr.test");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String SECRET = "dont-tell-anybody-42";

    @AfterEach
    void quiet() {
        Logs.start(Threshold.WARN, LogFormat.TEXT, Redactor.BY_LOOKS, System.out).close();
    }

    @Test
    void writesOneJsonObjectALine() {
        var json =
                json(
                        () ->
                                LOG.atInfo()
                                        .addKeyValue("status", 200)
                                        .addKeyValue("costUsd", new BigDecimal("1E-7"))
                                        .addKeyValue("stream", true)
                                        .addKeyValue("provider", "databricks")
                                        .addKeyValue("nothing", (Object) null)
                                        .addKeyValue("noNumber", Double.NaN)
                                        .log("request {}", "served"));

        assertThat(json.get("level").asString()).isEqualTo("INFO");
        assertThat(json.get("logger").asString()).isEqualTo("io.lynkr.test");
        assertThat(json.get("message").asString()).isEqualTo("request served");
        assertThat(json.get("time").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(json.get("status").asInt()).isEqualTo(200);
        assertThat(json.get("costUsd").decimalValue()).isEqualByComparingTo("0.0000001");
        assertThat(json.get("stream").asBoolean()).isTrue();
        assertThat(json.get("provider").asString()).isEqualTo("databricks");
        assertThat(json.has("nothing")).isFalse();
        assertThat(json.get("noNumber").asString()).isEqualTo("NaN");
    }

    @Test
    void writesOneReadableLineForPeople() {
        var text =
                logged(
                        LogFormat.TEXT,
                        () ->
                                LOG.atWarn()
                                        .addKeyValue("status", 502)
                                        .addKeyValue("client", "two words")
                                        .log("request"));

        assertThat(text)
                .matches(
                        "\\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  request  status=502  client=\"two"
                                + " words\"\n");
    }

    @Test
    void everyLineOfARequestCarriesItsId() {
        var json =
                json(
                        () ->
                                new RequestContext(
                                                "req_1",
                                                Runnable::run,
                                                new RequestFacts(System::nanoTime))
                                        .run(
                                                () ->
                                                        LOG.atInfo()
                                                                .addKeyValue("requestId", "req_1")
                                                                .log("x")));

        assertThat(json.get("requestId").asString()).isEqualTo("req_1");
    }

    @ParameterizedTest
    @EnumSource
    void nothingFromOutsideCanForgeALineOrMoveTheCursor(LogFormat format) {
        var evil =
                "x\n"
                        + "12:00:00 ERROR forged\r"
                        + "\u001b[2J\u009b31m\u2028\u2029\u202e\u0000\ud800\ufeff\"}{\\";

        var text =
                logged(
                        format,
                        () ->
                                LOG.atInfo()
                                        .addKeyValue("agent", evil)
                                        .addKeyValue(evil, "y")
                                        .setCause(new IOException(evil))
                                        .log("m {}", evil));

        assertThat(text.chars().filter(c -> c == '\n').count()).isEqualTo(text.lines().count());
        assertThat(text.replace("\n", "").chars())
                .allMatch(c -> LogText.isPlain((char) c.intValue()));
        assertThat(text.lines()).noneMatch(line -> line.startsWith("12:00:00 ERROR forged"));
    }

    @Test
    void jsonStaysJsonWhateverIsInIt() {
        var evil = "\"},{\n\\u0041 \ud800 😀 ünï";

        var json = json(() -> LOG.atInfo().addKeyValue("agent", evil).log("m"));

        assertThat(json.get("agent").asString()).isEqualTo(evil);
    }

    @ParameterizedTest
    @EnumSource
    void masksSecretsInMessagesFactsAndCauses(LogFormat format) {
        var text =
                logged(
                        format,
                        () ->
                                LOG.atError()
                                        .addKeyValue("header", "Bearer sk-ant-api03-AAAAbbbbCCCC")
                                        .setCause(new IllegalStateException("no " + SECRET))
                                        .log("key {}", SECRET));

        assertThat(text).doesNotContain(SECRET).doesNotContain("sk-ant").contains("***");
    }

    @Test
    void cutsEndlessTextButNeverASecretInHalf() {
        var text =
                logged(
                        LogFormat.JSON,
                        () -> LOG.info("{}{}", "x".repeat(4_090), SECRET.repeat(10)));

        assertThat(text.length()).isLessThan(4_400);
        assertThat(text).doesNotContain("dont-t").contains("characters)");
    }

    @Test
    void tellsWhereAnErrorCameFrom() {
        var cause = new IOException("pipe", new IllegalStateException("root"));

        var json = json(() -> LOG.atError().setCause(cause).log("x"));

        assertThat(json.get("exception").asString())
                .startsWith("java.io.IOException: pipe\n\tat io.lynkr.observability.LogsTest.")
                .contains("\ncaused by java.lang.IllegalStateException: root");
    }

    @ParameterizedTest(name = "{0} writes an info line: {1}")
    @CsvSource({"DEBUG, true", "INFO, true", "WARN, false", "OFF, false"})
    void keepsToItsThreshold(Threshold threshold, boolean written) {
        var out = new ByteArrayOutputStream();
        try (var _ = Logs.start(threshold, LogFormat.TEXT, Redactor.BY_LOOKS, out)) {
            LOG.info("x");
        }

        assertThat(out.size() > 0).isEqualTo(written);
    }

    @Test
    void libraryChatterStaysOutAtEveryThreshold() {
        var out = new ByteArrayOutputStream();
        try (var _ = Logs.start(Threshold.TRACE, LogFormat.TEXT, Redactor.BY_LOOKS, out)) {
            LoggerFactory.getLogger("io.netty.handler.logging.Wire").debug("bytes");
            LOG.trace("mine");
        }

        assertThat(out.toString(UTF_8)).contains("mine").doesNotContain("bytes");
    }

    @Test
    void nobodyWaitsForAReaderThatHangsAndTheLossIsCounted() {
        var pipe = new BlockedPipe();
        var logs = Logs.start(Threshold.INFO, LogFormat.TEXT, Redactor.BY_LOOKS, pipe, 64);

        for (int i = 0; i < 10_000; i++) {
            LOG.info("line {}", i); // would never return if logging could block
        }
        LOG.warn("precious");

        assertThat(logs.dropped()).isBetween(9_000L, 10_000L);
        pipe.open();
        logs.close();
        assertThat(pipe.text())
                .contains("precious")
                .contains("log lines were dropped, since nobody took them off fast enough  lines=");
    }

    @Test
    void aBrokenPipeIsCountedAndOtherwiseSurvived() {
        var logs =
                Logs.start(
                        Threshold.INFO,
                        LogFormat.TEXT,
                        Redactor.BY_LOOKS,
                        new OutputStream() {
                            @Override
                            public void write(int b) throws IOException {
                                throw new IOException("gone");
                            }
                        });

        LOG.info("x");
        logs.flush(PATIENCE);

        assertThat(logs.dropped()).isEqualTo(1);
        logs.close();
    }

    @Test
    void aValueThatCannotBePrintedCostsOnlyItsLine() {
        var unprintable =
                new Object() {
                    @Override
                    public String toString() {
                        throw new IllegalStateException("no");
                    }
                };

        var text =
                logged(
                        LogFormat.TEXT,
                        () -> {
                            LOG.atInfo().addKeyValue("x", unprintable).log("bad");
                            LOG.info("good");
                        });

        assertThat(text).contains("good");
    }

    @Test
    void whatIsLoggedAfterTheEndIsWrittenAtOnce() {
        var out = new ByteArrayOutputStream();
        Logs.start(Threshold.INFO, LogFormat.TEXT, Redactor.BY_LOOKS, out).close();

        LOG.info("last words");

        assertThat(out.toString(UTF_8)).contains("last words");
    }

    private static JsonNode json(Runnable action) {
        var text = logged(LogFormat.JSON, action);
        assertThat(text).endsWith("}\n");
        return JsonMapper.shared().readTree(text);
    }

    private static String logged(LogFormat format, Runnable action) {
        var out = new ByteArrayOutputStream();
        try (var _ = Logs.start(Threshold.INFO, format, new Redactor(List.of(SECRET)), out)) {
            action.run();
        }
        return out.toString(UTF_8);
    }

    /** Takes nothing until it is opened. */
    private static final class BlockedPipe extends OutputStream {
        private final CountDownLatch opened = new CountDownLatch(1);
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

        void open() {
            opened.countDown();
        }

        String text() {
            return taken.toString(UTF_8);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            boolean interrupted = false;
            while (opened.getCount() > 0) {
                try {
                    opened.await();
                } catch (InterruptedException likeARealPipe) {
                    interrupted = true;
                }
            }
            taken.write(bytes, from, length);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
