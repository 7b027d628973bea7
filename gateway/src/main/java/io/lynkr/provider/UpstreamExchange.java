package io.lynkr.provider;

import io.lynkr.message.ApiError;
import io.lynkr.message.Headers;
import io.lynkr.message.StreamEvent;
import io.lynkr.provider.ProviderException.Cause;
import io.lynkr.resilience.Deadline;
import io.lynkr.sse.SseException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/**
 * One HTTP call to an upstream. All state lives on one event loop; the virtual thread that asked
 * only waits for the three things it needs: the head, the first event, the end.
 */
final class UpstreamExchange implements UpstreamResponse, EventStream {
    private static final int MAX_BODY = 64 * 1024 * 1024;
    private static final Duration TAIL = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final Executor loop;
    private final UpstreamRequest request;
    private final UpstreamTimeouts timeouts;
    private final Deadline deadline;
    private final UpstreamProxies proxies;
    private final CompletableFuture<HttpClientResponse> ready = new CompletableFuture<>();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private final Queue<StreamEvent> early = new ArrayDeque<>();

    // Everything below is touched on the event loop only.
    private @Nullable HttpClientRequest sent;
    private @Nullable HttpClientResponse response;
    private @Nullable StreamTranslator translator;

    // Written before `ready` completes, read after it.
    private byte[] wholeBody = new byte[0];

    private @Nullable EventSink sink;
    private boolean cancelled;
    private boolean over;
    private long timer = -1;
    private long farewell = -1;
    private long lastByte;
    private long lastContent;

    UpstreamExchange(
            Vertx vertx,
            Executor loop,
            UpstreamRequest request,
            UpstreamTimeouts timeouts,
            Deadline deadline,
            UpstreamProxies proxies) {
        this.vertx = vertx;
        this.loop = loop;
        this.request = request;
        this.timeouts = timeouts;
        this.deadline = deadline;
        this.proxies = proxies;
    }

    void start(HttpClient client) {
        loop.execute(() -> connect(client));
    }

    UpstreamResponse awaitAnswer() throws ProviderException, InterruptedException {
        await(ready);
        return this;
    }

    private void connect(HttpClient client) {
        lastByte = System.nanoTime();
        arm(deadline.atMost(timeouts.firstByte()));
        client.request(options())
                .onSuccess(this::send)
                .onFailure(failure -> fail(Failures.connecting(failure, request.uri())));
    }

    private RequestOptions options() {
        var uri = request.uri();
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        var options =
                new RequestOptions()
                        .setMethod(HttpMethod.valueOf(request.method()))
                        .setHost(uri.getHost())
                        .setPort(Urls.port(uri))
                        .setSsl(tls)
                        .setURI(pathAndQuery(uri));
        request.headers().forEach(options::addHeader);
        proxies.towards(uri).ifPresent(options::setProxyOptions);
        return options;
    }

    private static String pathAndQuery(URI uri) {
        var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private void send(HttpClientRequest ready) {
        if (cancelled || over) {
            ready.reset();
            return;
        }
        sent = ready;
        ready.exceptionHandler(failure -> fail(Failures.exchanging(failure, request.uri())));
        var answer =
                request.body().length == 0
                        ? ready.send()
                        : ready.send(Buffers.wrap(request.body()));
        answer.onSuccess(this::headArrived)
                .onFailure(failure -> fail(Failures.exchanging(failure, request.uri())));
    }

    private void headArrived(HttpClientResponse arrived) {
        if (over) {
            return;
        }
        response = arrived;
        lastByte = System.nanoTime();
        lastContent = lastByte;
        arrived.exceptionHandler(failure -> fail(Failures.cut(request.uri())));
        watch();
        if (arrived.statusCode() == 200 && isStream(arrived) && request.translator().isPresent()) {
            translator = request.translator().get();
            arrived.handler(this::chunk);
            arrived.endHandler(_ -> streamEnded());
        } else {
            readBody(arrived);
        }
    }

    private static boolean isStream(HttpClientResponse response) {
        var type = response.getHeader("content-type");
        return type != null
                && (type.startsWith("text/event-stream")
                        || type.startsWith("application/x-ndjson"));
    }

    private void readBody(HttpClientResponse arriving) {
        var body = new ByteArrayOutputStream(lengthOf(arriving));
        arriving.handler(
                chunk -> {
                    lastByte = System.nanoTime();
                    if (body.size() + chunk.length() > MAX_BODY) {
                        fail(Failures.tooLarge(request.uri(), MAX_BODY));
                    } else {
                        body.writeBytes(chunk.getBytes());
                    }
                });
        arriving.endHandler(
                _ -> {
                    if (finish()) {
                        wholeBody = body.toByteArray();
                        ready.complete(arriving);
                    }
                });
    }

    /** A first guess at the room a body needs; a length that an upstream claims may be a lie. */
    private static int lengthOf(HttpClientResponse response) {
        var length = response.getHeader("content-length");
        return length != null && length.matches("\\d{1,5}") ? Integer.parseInt(length) : 1024;
    }

    @Override
    public int status() {
        return ready.join().statusCode();
    }

    @Override
    public Headers headers() {
        return Headers.copyOf(ready.join().headers());
    }

    @Override
    public byte[] body(int limit) throws ProviderException {
        if (wholeBody.length > limit) {
            throw Failures.tooLarge(request.uri(), limit);
        }
        return wholeBody;
    }

    @Override
    public Optional<EventStream> events() {
        return translated() ? Optional.of(this) : Optional.empty();
    }

    /** Written on the event loop before the answer was ready, so that its reader sees it. */
    private boolean translated() {
        return translator != null;
    }

    private void chunk(Buffer chunk) {
        lastByte = System.nanoTime();
        var through = translator;
        if (over || through == null) {
            return;
        }
        var bytes = chunk.getBytes();
        try {
            through.feed(bytes, 0, bytes.length, this::emit);
        } catch (ProviderException failed) {
            flush();
            fail(failed);
            return;
        } catch (SseException tooLarge) {
            flush();
            fail(Failures.tooMuch(request.uri(), String.valueOf(tooLarge.getMessage())));
            return;
        }
        flush();
        if (through.isComplete()) {
            complete();
        } else {
            holdBackIfBehind();
            if (through.isFinished()) {
                awaitFarewell();
            }
        }
    }

    /** Some upstreams neither say that their stream is done nor close it. */
    private void awaitFarewell() {
        if (farewell < 0) {
            long patience = Math.max(1, timeouts.finish().toMillis());
            farewell = vertx.setTimer(patience, _ -> farewellIsDue());
        }
    }

    private void farewellIsDue() {
        farewell = -1;
        if (over) {
            return;
        }
        if (isUnread()) {
            awaitFarewell();
        } else {
            streamEnded();
        }
    }

    private void emit(StreamEvent event) {
        if (event.isContent()) {
            lastContent = System.nanoTime();
        }
        var receiver = sink;
        if (receiver == null) {
            early.add(event.copy());
        } else {
            receiver.event(event);
        }
    }

    private void flush() {
        var receiver = sink;
        if (receiver != null) {
            receiver.flush();
        } else if (early.stream().anyMatch(StreamEvent::isContent)) {
            answerIsReady();
        }
    }

    private void answerIsReady() {
        var arrived = response;
        if (arrived != null) {
            ready.complete(arrived);
        }
    }

    /** Stops reading while nobody takes the events. */
    private void holdBackIfBehind() {
        var arriving = response;
        var receiver = sink;
        if (arriving == null || over) {
            return;
        }
        if (receiver == null) {
            if (ready.isDone()) {
                arriving.pause();
            }
        } else if (receiver.isFull()) {
            arriving.pause();
            receiver.whenWritable(
                    () ->
                            loop.execute(
                                    () -> {
                                        // The pause was ours, not the upstream's.
                                        lastByte = System.nanoTime();
                                        lastContent = lastByte;
                                        arriving.resume();
                                    }));
        }
    }

    private void streamEnded() {
        var through = translator;
        if (over || through == null) {
            return;
        }
        try {
            through.end(this::emit);
        } catch (ProviderException cut) {
            flush();
            fail(cut);
            return;
        }
        flush();
        complete();
    }

    /** The answer is whole; what the upstream still sends only has to be let through. */
    private void complete() {
        var arriving = response;
        if (arriving != null) {
            arriving.handler(_ -> {});
            arriving.endHandler(_ -> disarm());
            arriving.exceptionHandler(_ -> {});
            arriving.resume();
        }
        if (finish()) {
            arm(TAIL);
        }
        answerIsReady();
        ended.complete(true);
    }

    @Override
    public void pushTo(EventSink receiver) throws ProviderException, InterruptedException {
        loop.execute(() -> attach(receiver));
        await(ended);
    }

    private void attach(EventSink receiver) {
        sink = receiver;
        for (var event : early) {
            receiver.event(event);
        }
        early.clear();
        receiver.flush();
        var arriving = response;
        if (!over && arriving != null) {
            arriving.resume();
            holdBackIfBehind();
        }
    }

    @Override
    public void close() {
        loop.execute(this::cancel);
    }

    private void cancel() {
        cancelled = true;
        if (!over) {
            fail(Failures.cancelled());
        }
    }

    private void fail(ProviderException failure) {
        if (!finish()) {
            return;
        }
        ready.completeExceptionally(failure);
        ended.completeExceptionally(failure);
        reset();
    }

    private void reset() {
        var pending = sent;
        if (pending != null) {
            pending.reset();
        }
    }

    /** Marks the call as over; returns whether it was not yet. */
    private boolean finish() {
        if (over) {
            return false;
        }
        over = true;
        disarm();
        if (farewell >= 0) {
            vertx.cancelTimer(farewell);
            farewell = -1;
        }
        return true;
    }

    /** From now on silence is measured, not the time since the request. */
    private void watch() {
        disarm();
        lastByte = System.nanoTime();
        arm(deadline.atMost(timeouts.idle()));
    }

    private void arm(Duration delay) {
        timer = vertx.setTimer(Math.max(1, delay.toMillis()), _ -> timerFired());
    }

    private void disarm() {
        if (timer >= 0) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
    }

    private void timerFired() {
        timer = -1;
        if (over) {
            reset();
        } else if (response == null) {
            fail(Failures.noFirstByte(request.uri(), timeouts.firstByte()));
        } else if (deadline.isOver()) {
            fail(Failures.tooLong(request.uri()));
        } else {
            checkSilence();
        }
    }

    private void checkSilence() {
        long now = System.nanoTime();
        var quiet = Duration.ofNanos(now - lastByte);
        var withoutContent = Duration.ofNanos(now - lastContent);
        if (isUnread()) {
            arm(deadline.atMost(timeouts.idle()));
        } else if (quiet.compareTo(timeouts.idle()) >= 0) {
            fail(Failures.stalled(request.uri(), timeouts.idle()));
        } else if (translator != null && withoutContent.compareTo(timeouts.content()) >= 0) {
            fail(Failures.stalled(request.uri(), timeouts.content()));
        } else {
            var next = timeouts.idle().minus(quiet);
            if (translator != null) {
                var untilContent = timeouts.content().minus(withoutContent);
                next = next.compareTo(untilContent) < 0 ? next : untilContent;
            }
            arm(deadline.atMost(next));
        }
    }

    /** Whether it is us who do not read on, because nobody takes the events. */
    private boolean isUnread() {
        var receiver = sink;
        return receiver == null ? translator != null && ready.isDone() : receiver.isFull();
    }

    private <T> T await(CompletableFuture<T> thing) throws ProviderException, InterruptedException {
        try {
            return thing.get();
        } catch (InterruptedException clientLeft) {
            close();
            throw clientLeft;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ProviderException failure) {
                throw failure;
            }
            throw new ProviderException(
                    Cause.RESET,
                    ApiError.api(502, "calling the backend failed: " + failed.getCause()));
        }
    }
}
