package io.lynkr.e2e;

import io.lynkr.observability.LogFormat;
import io.lynkr.observability.Logs;
import io.lynkr.observability.Logs.Threshold;
import io.lynkr.observability.Redactor;
import io.lynkr.testing.Json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The log of this process, kept for a look at it. */
final class LogCapture implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Logs logs;

    LogCapture(Threshold threshold, String... secrets) {
        logs = Logs.start(threshold, LogFormat.JSON, new Redactor(List.of(secrets)), written);
    }

    /** All that was written so far. */
    String text() {
        logs.flush(PATIENCE);
        return written.toString(StandardCharsets.UTF_8);
    }

    /** The lines of requests. */
    List<Json> requests() {
        return text().lines()
                .map(Json::parse)
                .filter(line -> line.text("logger").equals("io.lynkr.request"))
                .toList();
    }

    Json onlyRequest() {
        var lines = requests();
        if (lines.size() != 1) {
            throw new AssertionError("expected one line, but there are " + lines);
        }
        return lines.getFirst();
    }

    @Override
    public void close() {
        logs.close();
        Logs.start(
                        Threshold.OFF,
                        LogFormat.TEXT,
                        Redactor.BY_LOOKS,
                        ByteArrayOutputStream.nullOutputStream())
                .close();
    }
}
