package io.lynkr.testing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One request as {@link FakeUpstream} received it, and what became of its reply. The first part
 * never changes; the second is filled while the reply is written and can be waited for.
 */
public final class RecordedRequest {
    private static final long NOT_YET = Long.MIN_VALUE;

    private final String method;
    private final String target;
    private final List<Header> headers;
    private final byte[] body;
    private final int connection;
    private final long receivedNanos;
    private final AtomicLong bytesSent = new AtomicLong();
    private final AtomicLong framesSent = new AtomicLong();
    private final AtomicLong disconnectedNanos = new AtomicLong(NOT_YET);
    private final CountDownLatch disconnected = new CountDownLatch(1);
    private final CountDownLatch replied = new CountDownLatch(1);
    private volatile boolean finishing;

    RecordedRequest(
            String method, String target, List<Header> headers, byte[] body, int connection) {
        this.method = method;
        this.target = target;
        this.headers = List.copyOf(headers);
        this.body = body.clone();
        this.connection = connection;
        this.receivedNanos = System.nanoTime();
    }

    public String method() {
        return method;
    }

    /** Path and query as they stood in the request line. */
    public String target() {
        return target;
    }

    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** What follows the question mark; empty without one. */
    public String query() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    public Optional<String> queryValue(String name) {
        for (var pair : query().split("&", -1)) {
            var parts = pair.split("=", 2);
            if (parts[0].equals(name)) {
                return Optional.of(
                        parts.length == 1
                                ? ""
                                : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    /** All header lines, in order, doubles included. */
    public List<Header> headers() {
        return headers;
    }

    public Optional<String> header(String name) {
        return headers.stream().filter(h -> h.is(name)).map(Header::value).findFirst();
    }

    public List<String> headerValues(String name) {
        return headers.stream().filter(h -> h.is(name)).map(Header::value).toList();
    }

    public byte[] body() {
        return body.clone();
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public Json json() {
        return Json.parse(body);
    }

    /** A number for the connection it came on: equal numbers mean a reused connection. */
    public int connection() {
        return connection;
    }

    /** {@link System#nanoTime()} when the last byte of the request was there. */
    public long receivedNanos() {
        return receivedNanos;
    }

    /** The question to the model in it, whichever wire shape it has. */
    public ModelRequest model() {
        return Wire.of(this)
                .map(wire -> wire.read(this))
                .orElseThrow(() -> new IllegalStateException("not a question to a model: " + this));
    }

    /** The texts of all tool results of the running turn, one a line. */
    public String toolResult() {
        return String.join("\n", model().turn().results().stream().map(r -> r.text()).toList());
    }

    /** Body bytes of the reply that were handed to the socket so far. */
    public long bytesSent() {
        return bytesSent.get();
    }

    /** Frames (events, lines) of the reply that were handed to the socket so far. */
    public long framesSent() {
        return framesSent.get();
    }

    /** When the peer closed the connection before the reply was complete. */
    public OptionalLong disconnectedNanos() {
        long nanos = disconnectedNanos.get();
        return nanos == NOT_YET ? OptionalLong.empty() : OptionalLong.of(nanos);
    }

    /**
     * Waits until the peer has closed the connection before the reply was complete.
     *
     * @return {@link System#nanoTime()} of that moment
     */
    public long awaitDisconnect(Duration limit) {
        await(disconnected, limit, "its peer to leave");
        return disconnectedNanos.get();
    }

    /** Waits until the reply has been written, cut or given up. */
    public void awaitReplied(Duration limit) {
        await(replied, limit, "its reply to end");
    }

    /** From here on a peer that closes may simply have read everything. */
    void finishing() {
        finishing = true;
    }

    boolean isFinishing() {
        return finishing || replied.getCount() == 0;
    }

    void sent(int bytes) {
        bytesSent.addAndGet(bytes);
    }

    void sentFrame() {
        framesSent.incrementAndGet();
    }

    void peerLeft(long nanos) {
        if (disconnectedNanos.compareAndSet(NOT_YET, nanos)) {
            disconnected.countDown();
        }
    }

    void replied() {
        replied.countDown();
    }

    private void await(CountDownLatch latch, Duration limit, String what) {
        try {
            if (!latch.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError(this + " waited " + limit + " in vain for " + what);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(this + " was interrupted waiting for " + what, e);
        }
    }

    @Override
    public String toString() {
        return method + " " + target + " (" + body.length + " bytes)";
    }
}
