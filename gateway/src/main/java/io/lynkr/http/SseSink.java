package io.lynkr.http;

import io.lynkr.agent.ReplySink;
import io.lynkr.message.ApiError;
import io.lynkr.message.Headers;
import io.lynkr.message.StreamEvent;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A streamed answer. Errors before the first byte become HTTP statuses, later ones an {@code error}
 * event. While nothing comes, it pings, and so begins the answer if need be.
 *
 * <p>Frames that lie next to each other in the upstream's bytes are sent as one piece.
 */
final class SseSink implements ReplySink {
    private static final byte[] PING =
            "event: ping\ndata: {\"type\": \"ping\"}\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Exchange exchange;
    private final Runnable stopPings;
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();

    // A run of neighbouring frames that waits for flush: one slice of the upstream's buffer.
    private byte @Nullable [] run;
    private int runFrom;
    private int runTo;

    // Set before the first event is pushed, which orders the threads; then read on the loop.
    private volatile Headers headers = Headers.NONE;

    // The following are touched on the event loop only.
    private boolean begun;
    private boolean closed;
    private long lastWrite = System.nanoTime();

    SseSink(Exchange exchange, Duration pingInterval) {
        this.exchange = exchange;
        this.stopPings = exchange.every(pingInterval, _ -> pingIfSilent(pingInterval));
    }

    @Override
    public void begin(Headers withHeaders) {
        headers = withHeaders;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // whether it is the same buffer is the question
    public void event(StreamEvent event) {
        var frame = event.frame();
        var current = run;
        if (current == frame.buffer() && runTo == frame.from()) {
            runTo = frame.to();
            return;
        }
        gatherRun();
        run = frame.buffer();
        runFrom = frame.from();
        runTo = frame.to();
    }

    /** Puts the waiting run behind what was gathered, since another buffer follows. */
    private void gatherRun() {
        var waiting = run;
        if (waiting != null) {
            gathered.write(waiting, runFrom, runTo - runFrom);
            run = null;
        }
    }

    @Override
    public void flush() {
        byte[] piece;
        int from = 0;
        int to;
        var waiting = run;
        if (gathered.size() == 0 && waiting != null) {
            piece = waiting;
            from = runFrom;
            to = runTo;
            run = null;
        } else {
            gatherRun();
            piece = gathered.toByteArray();
            to = piece.length;
            gathered.reset();
        }
        if (to > from) {
            int start = from;
            exchange.onLoop(() -> send(piece, start, to));
        }
    }

    @Override
    public boolean isFull() {
        return exchange.isFull();
    }

    @Override
    public void whenWritable(Runnable action) {
        exchange.onLoop(() -> exchange.whenWritable(action));
    }

    @Override
    public void end() {
        exchange.onLoop(
                () -> {
                    if (close()) {
                        beginIfNeeded();
                        exchange.endStream();
                    }
                });
    }

    @Override
    public void whole(Headers withHeaders, byte[] message) {
        exchange.onLoop(this::close);
        exchange.respondJson(200, withHeaders, message);
    }

    @Override
    public void fail(ApiError error, Headers withHeaders, Optional<byte[]> body) {
        exchange.onLoop(
                () -> {
                    if (!close()) {
                        return;
                    }
                    if (begun) {
                        var frame = StreamEvent.error(error, exchange.requestId()).frame();
                        exchange.write(frame.buffer(), frame.from(), frame.to());
                        exchange.endStream();
                    } else {
                        Errors.respond(exchange, error, withHeaders, body);
                    }
                });
    }

    private void send(byte[] bytes, int from, int to) {
        if (!closed) {
            beginIfNeeded();
            lastWrite = System.nanoTime();
            exchange.write(bytes, from, to);
        }
    }

    private void pingIfSilent(Duration interval) {
        if (exchange.isOver()) {
            // The client left, and whoever would have closed this was interrupted.
            stopPings.run();
            return;
        }
        boolean silent = System.nanoTime() - lastWrite >= interval.toNanos() / 2;
        if (silent && !closed && !exchange.isFull()) {
            send(PING, 0, PING.length);
        }
    }

    private void beginIfNeeded() {
        if (!begun) {
            begun = true;
            exchange.beginStream(headers);
        }
    }

    private boolean close() {
        if (closed) {
            return false;
        }
        closed = true;
        stopPings.run();
        return true;
    }
}
