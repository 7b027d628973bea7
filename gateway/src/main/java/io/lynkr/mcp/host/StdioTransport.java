package io.lynkr.mcp.host;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;
import io.lynkr.workspace.ProcessRunner;
import io.lynkr.workspace.ProcessSpec;
import io.lynkr.workspace.RunningProcess;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A program that speaks line by line on its standard channels. */
final class StdioTransport implements Transport {
    private static final int LONGEST_LINE = 8 << 20;
    private static final int LONGEST_COMPLAINT = 64 << 10;
    private static final int MOST_NOISE = 1_000;
    private static final int QUEUE = 256;
    private static final long QUEUE_SECONDS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** From the end of its output to its own end, whose code tells why. */
    private static final Duration LAST_STEPS = Duration.ofMillis(500);

    private final ProcessRunner runner;
    private final ProcessSpec spec;
    private final ServerLog log;

    /** A server that does not read blocks its writer, not those who ask. */
    private final BlockingQueue<byte[]> outgoing = new ArrayBlockingQueue<>(QUEUE);

    private volatile @Nullable RunningProcess process;
    private volatile boolean closed;

    StdioTransport(ProcessRunner runner, ProcessSpec spec, ServerLog log) {
        this.runner = runner;
        this.spec = spec;
        this.log = log;
    }

    @Override
    public void open(Inbox inbox) throws IOException, InterruptedException {
        var started = runner.launch(spec.talking());
        process = started;
        if (closed) {
            started.end(Duration.ZERO);
            throw new IOException("it is not wanted any more");
        }
        log.add("-- started as process " + started.pid());
        thread("mcp-errors", () -> keepErrors(started));
        thread("mcp-output", () -> read(started, inbox));
        thread("mcp-input", () -> write(started));
    }

    private static void thread(String name, Runnable work) {
        Thread.ofPlatform().daemon().name(name).start(work);
    }

    private void read(RunningProcess started, Inbox inbox) {
        Optional<String> fault = Optional.empty();
        try (var output = started.output()) {
            int noise = 0;
            for (var line = line(output); line != null; line = line(output)) {
                noise = take(line, inbox) ? 0 : noise + 1;
                if (noise > MOST_NOISE) {
                    throw new IOException("it writes what is no JSON-RPC to its output");
                }
            }
        } catch (IOException broken) {
            fault = Optional.of(String.valueOf(broken.getMessage()));
        }
        started.end(LAST_STEPS);
        var reason = fault.orElseGet(() -> ending(started));
        log.add("-- " + reason);
        inbox.closed(reason);
    }

    private static String ending(RunningProcess ended) {
        var code = ended.exitCode();
        return code.isPresent()
                ? "it ended with exit code " + code.getAsInt()
                : "it closed its output";
    }

    /** Whether the line is a message. */
    private static boolean take(byte[] line, Inbox inbox) {
        try {
            switch (JsonValue.parse(line)) {
                case JsonObject message -> inbox.received(message);
                case JsonArray batch -> batch.objects().forEach(inbox::received);
                default -> {
                    return false;
                }
            }
            return true;
        } catch (JsonException noise) {
            return line.length == 0;
        }
    }

    private static byte @Nullable [] line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return null;
            }
            if (line.size() >= LONGEST_LINE) {
                throw new IOException(
                        "it wrote a line of more than %,d bytes".formatted(LONGEST_LINE));
            }
            line.write(b);
        }
        return line.toByteArray();
    }

    private void keepErrors(RunningProcess started) {
        try (var errors =
                new BufferedReader(
                        new InputStreamReader(started.errors(), StandardCharsets.UTF_8))) {
            var line = new StringBuilder();
            for (int c = errors.read(); c >= 0; c = errors.read()) {
                if (c == '\n' || line.length() >= LONGEST_COMPLAINT) {
                    log.add(line.toString());
                    line.setLength(0);
                } else {
                    line.append((char) c);
                }
            }
            if (!line.isEmpty()) {
                log.add(line.toString());
            }
        } catch (IOException closed) {
            // the end, as good as any
        }
    }

    private void write(RunningProcess started) {
        try (var input = started.input()) {
            while (started.exitCode().isEmpty()) {
                var message = outgoing.poll(1, TimeUnit.SECONDS);
                if (message != null) {
                    input.write(message);
                    input.flush();
                }
            }
        } catch (IOException doesNotRead) {
            // the reader sees the end
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void send(JsonObject message, Map<String, String> headers)
            throws IOException, InterruptedException {
        var bytes = (message + "\n").getBytes(StandardCharsets.UTF_8);
        if (!outgoing.offer(bytes, QUEUE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("it does not read what it is sent");
        }
    }

    @Override
    public void abandon(long id) {
        var gone =
                JsonObject.of("jsonrpc", "2.0")
                        .with("method", "notifications/cancelled")
                        .with(
                                "params",
                                JsonObject.EMPTY
                                        .with("requestId", id)
                                        .with("reason", "nobody waits any more"));
        // If the queue is full, it is beyond hearing.
        boolean _ = outgoing.offer((gone + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void agreed(String version, boolean stateless) {
        // messages say it themselves
    }

    @Override
    public void close() {
        closed = true;
        var started = process;
        if (started != null) {
            started.end(PATIENCE);
        }
    }
}
