package io.lynkr.http;

import io.lynkr.message.ApiError;
import io.lynkr.message.ApiException;
import io.lynkr.message.Headers;
import io.lynkr.observability.RequestContext;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Listens, and brings every admitted request to its handler: heads and bodies on the event loop,
 * the handler on a virtual thread, which is interrupted when the client leaves.
 */
public final class GatewayServer implements AutoCloseable {
    private static final int MAX_HEAD = 32 * 1024;
    private static final int MAX_LINE = 8 * 1024;
    private static final int CHUNK = 128 * 1024;

    /** Stands for what could not be read. */
    private static final String GARBLED = "-";

    private static final long REFUSED_LINGER_MS = 1_000;
    private static final long MEMORY_LOOK_MS = 250;
    private static final Pattern PLAIN_ID = Pattern.compile("[\\w.:-]{1,128}");
    private static final char[] ID_LETTERS =
            "0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".toCharArray();

    private final Vertx vertx;
    private final HttpSettings settings;
    private final FrontDoor door;
    private final LoadShedding shedding;
    private final RequestJournal journal;
    private final List<Filter> filters = Filters.all();
    private final ConnectionGuard guard = new ConnectionGuard();
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private volatile int port;

    private GatewayServer(Vertx vertx, HttpSettings settings, LoadShedding shedding, Api api) {
        this.vertx = vertx;
        this.settings = settings;
        this.shedding = shedding;
        this.journal = api.monitoring().journal();
        this.door = new FrontDoor(api.routes(settings), settings);
    }

    /**
     * Starts listening.
     *
     * @param eventLoops how many threads share the connections
     * @throws BindException if the port is taken or the address is not this machine's
     */
    public static GatewayServer start(
            Vertx vertx, HttpSettings settings, LoadShedding shedding, Api api, int eventLoops)
            throws BindException {
        var server = new GatewayServer(vertx, settings, shedding, api);
        server.listen(eventLoops);
        vertx.setPeriodic(1_000, _ -> server.guard.sweep());
        // Reads files of the kernel, which is nothing for an event loop.
        vertx.setPeriodic(MEMORY_LOOK_MS, _ -> Thread.startVirtualThread(shedding::look));
        return server;
    }

    /**
     * Where clients find it, by a name that works in a browser and in {@code ANTHROPIC_BASE_URL}.
     */
    public URI address() {
        var host = settings.host();
        boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
        var shown = everywhere || host.equals("127.0.0.1") ? "localhost" : host;
        return URI.create(
                "http://" + (shown.contains(":") ? "[" + shown + "]" : shown) + ":" + port);
    }

    private void listen(int eventLoops) throws BindException {
        // A negative port is Vert.x's word for a free one that all loops then share.
        listen(settings.host(), settings.port() == 0 ? -1 : settings.port(), eventLoops);
        if (settings.host().equals("127.0.0.1")) {
            listenOnSixAsWell(eventLoops);
        }
    }

    /**
     * "localhost" may mean ::1 to a client; where that address does not exist, nobody misses it.
     */
    private void listenOnSixAsWell(int eventLoops) {
        try {
            listen("::1", port, eventLoops);
        } catch (BindException noSuchAddress) {
            return;
        }
    }

    private void listen(String host, int onPort, int eventLoops) throws BindException {
        try {
            vertx.deployVerticle(
                            () -> new Listener(host, onPort),
                            new DeploymentOptions().setInstances(eventLoops))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof IOException cannot) {
                var refusal = new BindException(String.valueOf(cannot.getMessage()));
                refusal.initCause(cannot);
                throw refusal;
            }
            throw failed;
        }
    }

    /** One event loop's share of the listening. */
    private final class Listener extends VerticleBase {
        private final String host;
        private final int onPort;

        Listener(String host, int onPort) {
            this.host = host;
            this.onPort = onPort;
        }

        @Override
        public Future<?> start() {
            var server =
                    vertx.createHttpServer(options())
                            .connectionHandler(guard::opened)
                            .requestHandler(request -> arrived(request, context))
                            .invalidRequestHandler(request -> garbled(request));
            return server.listen(onPort, host)
                    .onSuccess(
                            listening -> {
                                port = listening.actualPort();
                                servers.add(listening);
                            });
        }
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setMaxHeaderSize(MAX_HEAD)
                .setMaxInitialLineLength(MAX_LINE)
                .setMaxChunkSize(CHUNK)
                .setReceiveBufferSize(CHUNK)
                .setHttp2ClearTextEnabled(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setHandle100ContinueAutomatically(true)
                .setCompressionSupported(false)
                .setDecompressionSupported(false)
                .setReuseAddress(true)
                .setTcpNoDelay(true);
    }

    private void arrived(HttpServerRequest request, Context context) {
        var head = head(request);
        var entry = journal.begin(head);
        if (shedding.isEnding()) {
            request.response().putHeader("connection", "close");
        }
        try {
            var route = door.admit(head, entry);
            var place = shedding.admit(head);
            guard.bodyBegins(request.connection(), 0);
            new Body(request, head, route.handler(), entry, place, context).read();
        } catch (ApiException refused) {
            refuse(request, head, entry, refused);
        }
    }

    private static RequestHead head(HttpServerRequest request) {
        var headers = Headers.copyOf(request.headers());
        var target = request.uri();
        int mark = target.indexOf('?');
        return new RequestHead(
                request.method().name(),
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? "" : target.substring(mark + 1),
                headers,
                String.valueOf(request.remoteAddress()),
                headers.first("x-request-id")
                        .filter(id -> PLAIN_ID.matcher(id).matches())
                        .orElseGet(GatewayServer::newId));
    }

    private static String newId() {
        var random = ThreadLocalRandom.current();
        var id = new StringBuilder(28).append("req_");
        for (int i = 0; i < 24; i++) {
            id.append(ID_LETTERS[random.nextInt(ID_LETTERS.length)]);
        }
        return id.toString();
    }

    /** Answers without reading the body; what still comes of it is let go by, for a moment. */
    private void refuse(
            HttpServerRequest request,
            RequestHead head,
            RequestJournal.Entry entry,
            ApiException refused) {
        entry.answers(refused.error().status());
        entry.answered();
        boolean bodyFollows =
                !request.isEnded()
                        && (head.headers().has("content-length")
                                || head.headers().has("transfer-encoding"));
        var response = request.response();
        response.setStatusCode(refused.error().status())
                .putHeader("content-type", "application/json")
                .putHeader("x-request-id", head.requestId())
                .putHeader("request-id", head.requestId());
        refused.headers().forEach((name, value) -> response.putHeader(name, value));
        if (bodyFollows) {
            response.putHeader("connection", "close");
        }
        var body = refused.error().toJson(head.requestId()).toBytes();
        if (request.method().name().equals("HEAD")) {
            response.end();
        } else {
            response.end(Buffer.buffer(body));
        }
        guard.answered(request.connection());
        if (bodyFollows) {
            request.handler(_ -> {});
            var connection = request.connection();
            vertx.setTimer(REFUSED_LINGER_MS, _ -> connection.close());
        }
    }

    /** Bytes that are no HTTP request: says so and ends the connection. */
    private void garbled(HttpServerRequest request) {
        var cause = request.decoderResult().cause();
        var error =
                switch (cause) {
                    case TooLongHttpHeaderException _ ->
                            new ApiError(
                                    431,
                                    "invalid_request_error",
                                    "the request's headers are larger than " + MAX_HEAD + " bytes");
                    case TooLongHttpLineException _ ->
                            new ApiError(
                                    414,
                                    "invalid_request_error",
                                    "the request line is longer than " + MAX_LINE + " bytes");
                    case null, default ->
                            ApiError.invalidRequest("this is not a valid HTTP request");
                };
        var id = newId();
        var entry =
                journal.begin(
                        new RequestHead(
                                GARBLED,
                                GARBLED,
                                "",
                                Headers.NONE,
                                String.valueOf(request.remoteAddress()),
                                id));
        entry.answers(error.status());
        entry.answered();
        request.response()
                .setStatusCode(error.status())
                .putHeader("content-type", "application/json")
                .putHeader("x-request-id", id)
                .putHeader("request-id", id)
                .putHeader("connection", "close")
                .end(Buffer.buffer(error.toJson(id).toBytes()))
                .onComplete(_ -> request.connection().close());
    }

    /** Gathers the body of one request and then starts its handler. */
    private final class Body {
        private final HttpServerRequest request;
        private final RequestHead head;
        private final Handler handler;
        private final RequestJournal.Entry entry;
        private final InFlight.Entry place;
        private final Context context;
        private byte[] bytes;
        private int length;
        private boolean refused;

        Body(
                HttpServerRequest request,
                RequestHead head,
                Handler handler,
                RequestJournal.Entry entry,
                InFlight.Entry place,
                Context context) {
            this.request = request;
            this.head = head;
            this.handler = handler;
            this.entry = entry;
            this.place = place;
            this.context = context;
            // The front door has checked that it is a number within the limit.
            this.bytes =
                    new byte
                            [head.headers()
                                    .first("content-length")
                                    .map(Integer::parseInt)
                                    .orElse(0)];
        }

        void read() {
            request.response()
                    .closeHandler(
                            _ -> {
                                place.close();
                                entry.clientLeft();
                            });
            request.response().endHandler(_ -> place.close());
            request.handler(this::chunk);
            request.exceptionHandler(_ -> broken());
            request.endHandler(_ -> complete());
        }

        /** The body broke off or is badly framed; if anybody still listens, they are told. */
        private void broken() {
            if (!refused && !request.isEnded()) {
                refused = true;
                refuse(
                        request,
                        head,
                        entry,
                        new ApiException(ApiError.invalidRequest("the request body broke off")));
            }
        }

        private void chunk(Buffer chunk) {
            if (refused) {
                return;
            }
            int more = chunk.length();
            try {
                checkSize(length + more);
            } catch (ApiException tooMuch) {
                refused = true;
                refuse(request, head, entry, tooMuch);
                return;
            }
            if (length + more > bytes.length) {
                bytes = java.util.Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
            }
            chunk.getBytes(0, more, bytes, length);
            length += more;
            guard.bodyBegins(request.connection(), length);
        }

        private void checkSize(int soFar) {
            if (soFar > settings.bodyLimit()) {
                throw FrontDoor.tooLarge(settings.bodyLimit());
            }
            shedding.grown(place, soFar);
        }

        private void complete() {
            if (refused) {
                return;
            }
            var body = length == bytes.length ? bytes : java.util.Arrays.copyOf(bytes, length);
            bytes = new byte[0];
            start(new Exchange(head, body, context, request.response(), entry, place::close));
        }

        private void start(Exchange exchange) {
            guard.answering(request.connection());
            var worker = Filters.around(handler, filters);
            var thread =
                    Thread.ofVirtual()
                            .name(head.requestId())
                            .unstarted(
                                    () ->
                                            new RequestContext(
                                                            head.requestId(),
                                                            exchange::onLoop,
                                                            entry.facts())
                                                    .run(() -> work(worker, exchange)));
            request.response()
                    .closeHandler(
                            _ -> {
                                place.close();
                                entry.clientLeft();
                                thread.interrupt();
                            });
            request.response().endHandler(_ -> guard.answered(request.connection()));
            if (head.method().equals("POST")) { // who only looks is never cut
                place.cutBy(
                        why -> {
                            exchange.cut(why);
                            thread.interrupt();
                        });
            }
            entry.workBegins();
            thread.start();
        }

        private void work(Handler worker, Exchange exchange) {
            try {
                worker.handle(exchange);
            } catch (InterruptedException clientLeft) {
                // Nobody is left to be told; what the handler had opened is closed by now.
                Thread.currentThread().interrupt();
            } finally {
                entry.workEnds();
            }
        }
    }

    /** Stops listening and ends all connections. */
    @Override
    public void close() {
        servers.forEach(server -> server.close().toCompletionStage().toCompletableFuture().join());
    }
}
