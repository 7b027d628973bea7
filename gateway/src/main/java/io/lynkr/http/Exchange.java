package io.lynkr.http;

import io.lynkr.message.ApiError;
import io.lynkr.message.Headers;
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

    /** Made on the event loop, when the body is complete. */
    Exchange(RequestHead head, byte[] body, Context context, HttpServerResponse response) {
        this.head = head;
        this.body = body;
        this.context = context;
        this.loopThread = Thread.currentThread();
        this.response = response;
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
                    if (response.ended() || response.closed()) {
                        return;
                    }
                    writeHead(status, headers, contentType);
                    response.end(wrap(content, 0, content.length));
                });
    }

    void respondJson(int status, Headers headers, byte[] json) {
        respond(status, headers, "application/json", json);
    }

    void respondError(ApiError error, Headers headers) {
        respondJson(error.status(), headers, error.toJson(requestId()).toBytes());
    }

    /** On the event loop: begins a streamed answer. */
    void beginStream(Headers headers) {
        writeHead(
                200,
                headers.replacing("cache-control", "no-cache"),
                "text/event-stream; charset=utf-8");
        response.setChunked(true);
    }

    /** On the event loop: sends a piece of a streamed answer; the bytes are copied. */
    void write(byte[] bytes, int from, int to) {
        if (!response.closed() && !response.ended()) {
            response.write(wrap(java.util.Arrays.copyOfRange(bytes, from, to), 0, to - from));
        }
    }

    /** On the event loop: ends a streamed answer. */
    void endStream() {
        if (!response.closed() && !response.ended()) {
            response.end();
        }
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
