package io.lynkr.http;

import io.lynkr.message.ApiError;
import io.lynkr.message.Headers;
import io.lynkr.message.StreamEvent;
import io.lynkr.observability.Outcome;
import io.netty.buffer.Unpooled;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;

import java.util.function.LongConsumer;

/**
 * One request being answered. Handlers run on a virtual thread of their own; whatever touches the
 * socket is carried over to the connection's event loop.
 */
final class Exchange {
    private final RequestHead head;
    private final byte[] body;
    private final Context context;
    private final Thread loopThread;
    private final HttpServerResponse response;
    private final RequestJournal.Entry journal;
    private final Runnable whenAnswered;

    // Touched on the event loop only.
    private boolean streaming;

    /**
     * Made on the event loop, when the body is complete.
     *
     * @param journal is told how the answer begins and ends
     * @param whenAnswered told just before the end of the answer is sent, so that a client who asks
     *     again at once does not find itself still counted
     */
    Exchange(
            RequestHead head,
            byte[] body,
            Context context,
            HttpServerResponse response,
            RequestJournal.Entry journal,
            Runnable whenAnswered) {
        this.head = head;
        this.body = body;
        this.context = context;
        this.loopThread = Thread.currentThread();
        this.response = response;
        this.journal = journal;
        this.whenAnswered = whenAnswered;
    }

    RequestHead head() {
        return head;
    }

    String requestId() {
        return head.requestId();
    }

    byte[] body() {
        return body;
    }

    /** Runs a task on the connection's event loop: at once if this is its thread. */
    void onLoop(Runnable task) {
        if (Thread.currentThread() == loopThread) {
            task.run();
        } else {
            context.runOnContext(_ -> task.run());
        }
    }

    /** Runs a task on the event loop again and again; returns what stops it. */
    Runnable every(java.time.Duration interval, LongConsumer task) {
        long timer = context.owner().setPeriodic(interval.toMillis(), task::accept);
        return () -> context.owner().cancelTimer(timer);
    }

    /** Answers with a whole body. */
    void respond(int status, Headers headers, String contentType, byte[] content) {
        onLoop(
                () -> {
                    if (isOver()) {
                        return;
                    }
                    writeHead(status, headers, contentType);
                    answered();
                    response.end(wrap(content, 0, content.length));
                });
    }

    void respondJson(int status, Headers headers, byte[] json) {
        respond(status, headers, "application/json", json);
    }

    void respondError(ApiError error, Headers headers) {
        respondJson(error.status(), headers, error.toJson(requestId()).toBytes());
    }

    /**
     * Ends the answer before its time, for want of room: with an error status, or with an {@code
     * error} event if it has begun.
     */
    void cut(ApiError why) {
        onLoop(
                () -> {
                    journal.rule(Outcome.SHED);
                    fail(why, Headers.of("retry-after", "1"));
                });
    }

    /** Ends the answer with an error, as a status or as an {@code error} event. */
    void fail(ApiError why, Headers headers) {
        onLoop(
                () -> {
                    if (streaming) {
                        var frame = StreamEvent.error(why, requestId()).frame();
                        write(frame.buffer(), frame.from(), frame.to());
                        endStream();
                    } else {
                        respondError(why, headers);
                    }
                });
    }

    /** On the event loop: whether nobody waits for anything any more. */
    boolean isOver() {
        return response.ended() || response.closed();
    }

    /** On the event loop: begins a streamed answer. */
    void beginStream(Headers headers) {
        if (isOver()) {
            return;
        }
        streaming = true;
        journal.streams();
        writeHead(
                200,
                headers.replacing("cache-control", "no-cache"),
                "text/event-stream; charset=utf-8");
        response.setChunked(true);
    }

    /** On the event loop: sends a piece of a streamed answer; the bytes are copied. */
    void write(byte[] bytes, int from, int to) {
        if (!isOver()) {
            response.write(wrap(java.util.Arrays.copyOfRange(bytes, from, to), 0, to - from));
        }
    }

    /** On the event loop: ends a streamed answer. */
    void endStream() {
        if (!isOver()) {
            answered();
            response.end();
        }
    }

    /**
     * Before the last bytes go out, so that a client who asks for metrics next finds itself in
     * them.
     */
    private void answered() {
        journal.answered();
        whenAnswered.run();
    }

    boolean isFull() {
        return response.writeQueueFull();
    }

    void whenWritable(Runnable action) {
        Handler<Void> once =
                _ -> {
                    response.drainHandler(null);
                    action.run();
                };
        response.drainHandler(once);
    }

    private void writeHead(int status, Headers headers, String contentType) {
        journal.answers(status);
        response.setStatusCode(status);
        response.putHeader("content-type", contentType);
        headers.forEach((name, value) -> response.putHeader(name, value));
        response.putHeader("x-request-id", requestId());
        if (!headers.has("request-id")) {
            response.putHeader("request-id", requestId());
        }
    }

    private static Buffer wrap(byte[] bytes, int from, int length) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes, from, length));
    }
}
