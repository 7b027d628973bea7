package io.lynkr.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.json.JsonObject;
import io.lynkr.message.StreamEvent;
import io.lynkr.sse.SseReader;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/** What it costs to read and to write a stream of 100 events. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class StreamBenchmark {
    private static final int MAX_FRAME = 1 << 20;
    private static final int NETWORK_READ = 1_460;

    private final byte[] stream = Bodies.anthropicStream().getBytes(UTF_8);
    private long seen;

    /** Frames as they come out of one large read. */
    @Benchmark
    public long readAtOnce() {
        var reader = new SseReader(MAX_FRAME);
        reader.feed(stream, 0, stream.length, frame -> seen += frame.to() - frame.from());
        return seen;
    }

    /** Frames that are cut wherever a packet ends. */
    @Benchmark
    public long readInPackets() {
        var reader = new SseReader(MAX_FRAME);
        for (int at = 0; at < stream.length; at += NETWORK_READ) {
            reader.feed(
                    stream,
                    at,
                    Math.min(at + NETWORK_READ, stream.length),
                    frame -> seen += frame.to() - frame.from());
        }
        return seen;
    }

    /** Every event's data read as JSON, as a translation needs it. */
    @Benchmark
    public long readWithData() {
        var reader = new SseReader(MAX_FRAME);
        reader.feed(
                stream,
                0,
                stream.length,
                frame -> seen += StreamEvent.of(frame).data().object("delta").isPresent() ? 1 : 0);
        return seen;
    }

    /** A hundred events made from JSON. */
    @Benchmark
    public long write() {
        for (int i = 0; i < 100; i++) {
            var event =
                    StreamEvent.of(
                            JsonObject.of("type", StreamEvent.CONTENT_BLOCK_DELTA)
                                    .with("index", 0)
                                    .with(
                                            "delta",
                                            JsonObject.of("type", "text_delta")
                                                    .with("text", "a few words of text")));
            seen += event.frame().to();
        }
        return seen;
    }
}
