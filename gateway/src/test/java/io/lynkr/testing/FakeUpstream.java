package io.lynkr.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Stands in for every model service: a real HTTP/1.1 server on loopback that speaks the Messages
 * API, OpenAI chat completions (also as Azure and Databricks write them) and Ollama, each under any
 * path prefix. It records what arrives, answers through {@link ScriptedModel} unless a test says
 * otherwise, and can go wrong in every way that a {@link Reply} can name.
 */
public final class FakeUpstream implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final AtomicInteger INSTANCES = new AtomicInteger();

    private record Scripted(Predicate<RecordedRequest> matches, Reply reply) {}

    private final ServerSocket server;
    private final int instance = INSTANCES.incrementAndGet();
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final FakeService service = new FakeService(String.valueOf(instance));

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    // Guarded by lock.
    private final List<RecordedRequest> requests = new ArrayList<>();
    private final List<Scripted> script = new ArrayList<>();

    private volatile Function<RecordedRequest, Optional<Reply>> answers = _ -> Optional.empty();
    private volatile Consumer<RecordedRequest> listener = _ -> {};
    private volatile boolean closing;

    public FakeUpstream() {
        this(0);
    }

    /** On this port, or on a free one for 0. */
    public FakeUpstream(int port) {
        try {
            server =
                    new ServerSocket(
                            port, 200, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("accept", this::acceptAll);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Without a slash at the end. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** A path prefix, such as {@code "/anthropic"}, under the base address. */
    public URI url(String prefix) {
        return URI.create(url() + prefix);
    }

    // ------------------------------------------------------------------ what it shall do

    /** The next question to a model gets this reply; several wait in a queue. */
    public FakeUpstream reply(Reply reply) {
        return replyWhen(FakeUpstream::isCall, reply);
    }

    /** The next request that matches gets this reply. */
    public FakeUpstream replyWhen(Predicate<RecordedRequest> matches, Reply reply) {
        lock.lock();
        try {
            script.add(new Scripted(matches, reply));
        } finally {
            lock.unlock();
        }
        return this;
    }

    /** Every question to a model for which nothing is queued gets the reply that this makes. */
    public FakeUpstream answerWith(Function<RecordedRequest, Reply> answer) {
        return answerWhen(FakeUpstream::isCall, answer);
    }

    /** The same for any request that matches. */
    public FakeUpstream answerWhen(
            Predicate<RecordedRequest> matches, Function<RecordedRequest, Reply> answer) {
        var otherwise = answers;
        answers =
                request ->
                        matches.test(request)
                                ? Optional.of(answer.apply(request))
                                : otherwise.apply(request);
        return this;
    }

    /** The model's next step asks for these, in whichever wire shape it is asked. */
    public FakeUpstream willAsk(ModelBlock... blocks) {
        service.model().will(ModelAnswer.ask(blocks));
        return this;
    }

    public FakeUpstream willSay(String text) {
        service.model().will(ModelAnswer.say(text));
        return this;
    }

    public FakeUpstream willFail(int status, String message) {
        service.model().will(new ModelAnswer.Failure(status, message));
        return this;
    }

    public FakeUpstream will(ModelAnswer answer) {
        service.model().will(answer);
        return this;
    }

    public FakeUpstream thenAsk(ModelBlock... blocks) {
        return willAsk(blocks);
    }

    public FakeUpstream thenSay(String text) {
        return willSay(text);
    }

    /** Anything without this bearer token or key is answered 401. */
    public FakeUpstream requireKey(String token) {
        service.requireKey(token);
        return this;
    }

    /** Questions with one of these top-level fields are answered 400, as older services do. */
    public FakeUpstream refuseFields(String... fields) {
        for (var field : fields) {
            refuseWhen(
                    request -> request.json().has(field),
                    field + ": Extra inputs are not permitted");
        }
        return this;
    }

    /** Questions like that are answered 400 with this message. */
    public FakeUpstream refuseWhen(Predicate<RecordedRequest> matches, String message) {
        service.refuseWhen(matches, message);
        return this;
    }

    /** Takes questions that the real service would answer 400. */
    public FakeUpstream lenient() {
        service.lenient();
        return this;
    }

    /** {@code /v1/models} answers in OpenAI's form. */
    public FakeUpstream openAiModels() {
        service.openAiModels();
        return this;
    }

    public FakeUpstream models(String... names) {
        service.models(List.of(names));
        return this;
    }

    /** {@code count_tokens} is answered 404, as on Databricks. */
    public FakeUpstream withoutCountTokens() {
        service.withoutCountTokens();
        return this;
    }

    /** Told of each request as it arrives. */
    public FakeUpstream onRequest(Consumer<RecordedRequest> newListener) {
        listener = newListener;
        return this;
    }

    /** What the scripted model would reply, to be spoilt by {@link #answerWith}. */
    public Reply modelReply(RecordedRequest request) {
        return service.modelReply(request);
    }

    /** This answer in the wire shape in which the request asks. */
    public Reply render(RecordedRequest request, ModelAnswer.Message answer) {
        return service.render(request, answer);
    }

    // ------------------------------------------------------------------ what it has seen

    /** Every request so far, in order of arrival. */
    public List<RecordedRequest> requests() {
        return requests(_ -> true);
    }

    public List<RecordedRequest> requests(Predicate<RecordedRequest> matches) {
        lock.lock();
        try {
            return requests.stream().filter(matches).toList();
        } finally {
            lock.unlock();
        }
    }

    /** The questions to a model so far; no probes, lists or counts. */
    public List<RecordedRequest> calls() {
        return requests(FakeUpstream::isCall);
    }

    public RecordedRequest last() {
        return requests().getLast();
    }

    public RecordedRequest lastRequest() {
        return calls().getLast();
    }

    /** Waits until that many requests have arrived. */
    public List<RecordedRequest> awaitRequests(int count) {
        return await(count, _ -> true);
    }

    /** Waits until that many questions to a model have arrived. */
    public List<RecordedRequest> awaitCalls(int count) {
        return await(count, FakeUpstream::isCall);
    }

    public List<RecordedRequest> await(int count, Predicate<RecordedRequest> matches) {
        long left = PATIENCE.toNanos();
        lock.lock();
        try {
            while (requests.stream().filter(matches).count() < count) {
                if (left <= 0) {
                    throw new AssertionError(
                            "waited "
                                    + PATIENCE
                                    + " in vain for "
                                    + count
                                    + " requests; there were "
                                    + requests);
                }
                left = arrived.awaitNanos(left);
            }
            return requests.stream().filter(matches).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted waiting for requests", e);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the requests and the queued replies; connections stay. */
    public void forget() {
        lock.lock();
        try {
            requests.clear();
            script.clear();
        } finally {
            lock.unlock();
        }
    }

    /** How many connections were opened so far. */
    public int connections() {
        return connections.get();
    }

    public int openConnections() {
        return open.size();
    }

    public static boolean isCall(RecordedRequest request) {
        return Wire.of(request).isPresent();
    }

    // ------------------------------------------------------------------ serving

    private void acceptAll() {
        while (!closing) {
            try {
                var socket = server.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                start("connection", () -> serve(socket, connections.incrementAndGet()));
            } catch (IOException _) {
                // The server socket was closed: the end.
                return;
            }
        }
    }

    private void serve(Socket socket, int number) {
        var incoming = new Incoming();
        var current = new AtomicReference<Optional<RecordedRequest>>(Optional.empty());
        try (socket) {
            var in = socket.getInputStream();
            start(
                    "reader",
                    () -> {
                        incoming.pump(in);
                        current.get().ifPresent(request -> noticeEnd(request, incoming));
                    });
            var reader = new HttpReader(incoming, number, () -> sendContinue(socket));
            boolean more = true;
            while (more) {
                var request = reader.next();
                current.set(request);
                more = request.isPresent() && serveOne(socket, incoming, request.get());
            }
        } catch (IOException _) {
            // The peer broke the connection or the protocol; the record of requests tells.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    private boolean serveOne(Socket socket, Incoming incoming, RecordedRequest request)
            throws IOException, InterruptedException {
        record(request);
        try {
            var reply = replyTo(request);
            boolean more = new ReplyWriter(socket, incoming, request, reply).write();
            return more && request.header("connection").filter("close"::equals).isEmpty();
        } catch (IOException e) {
            if (!closing) {
                request.peerLeft(incoming.endNanos().orElseGet(System::nanoTime));
            }
            throw e;
        } finally {
            request.replied();
        }
    }

    private static void noticeEnd(RecordedRequest request, Incoming incoming) {
        if (!request.isFinishing()) {
            incoming.endNanos().ifPresent(request::peerLeft);
        }
    }

    private static void sendContinue(Socket socket) {
        try {
            var bytes = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void record(RecordedRequest request) {
        lock.lock();
        try {
            requests.add(request);
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
        listener.accept(request);
    }

    private Reply replyTo(RecordedRequest request) {
        try {
            return scripted(request)
                    .or(() -> answers.apply(request))
                    .orElseGet(() -> service.reply(request));
        } catch (RuntimeException | AssertionError e) {
            // The edge of this thread: a mistake in a script shall be seen in the test's output.
            var text = "the fake upstream failed: " + e;
            return Wire.of(request)
                    .map(wire -> wire.failure(500, text))
                    .orElseGet(() -> Reply.json(500, Json.object("error", text)));
        }
    }

    private Optional<Reply> scripted(RecordedRequest request) {
        lock.lock();
        try {
            for (var entry : script) {
                if (entry.matches.test(request)) {
                    script.remove(entry);
                    return Optional.of(entry.reply);
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void start(String name, Runnable work) {
        var thread =
                Thread.ofVirtual()
                        .name("fake-upstream-" + instance + "-" + name)
                        .unstarted(
                                () -> {
                                    try {
                                        work.run();
                                    } finally {
                                        threads.remove(Thread.currentThread());
                                    }
                                });
        threads.add(thread);
        thread.start();
    }

    /** Drops every connection at once; a test that wants replies to end waits for them first. */
    @Override
    public void close() {
        closing = true;
        try {
            server.close();
            for (var socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.forEach(Thread::interrupt);
        }
    }

    /** Runs until killed: {@code [--port N] [--verbose]}; one line a request. */
    public static void main(String[] args) throws InterruptedException {
        int port = 0;
        boolean verbose = false;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--port" -> port = Integer.parseInt(args[++i]);
                case "--verbose" -> verbose = true;
                default -> throw new IllegalArgumentException("unknown argument " + args[i]);
            }
        }
        boolean bodies = verbose;
        try (var upstream = new FakeUpstream(port)) {
            IO.println("fake upstream on " + upstream.url());
            upstream.onRequest(request -> IO.println(line(request, bodies)));
            new CountDownLatch(1).await(Long.MAX_VALUE, TimeUnit.DAYS);
        }
    }

    private static String line(RecordedRequest request, boolean bodies) {
        var model =
                Wire.of(request)
                        .map(wire -> wire.read(request))
                        .map(
                                question ->
                                        question.wire().getClass().getSimpleName()
                                                + " model="
                                                + question.model()
                                                + " stream="
                                                + question.stream()
                                                + " messages="
                                                + question.messages().size()
                                                + " tools="
                                                + question.tools().size())
                        .orElse("");
        return request
                + " "
                + model
                + (bodies ? "\n" + request.headers() + "\n" + request.bodyText() : "");
    }
}
