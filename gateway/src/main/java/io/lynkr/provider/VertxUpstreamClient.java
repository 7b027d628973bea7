package io.lynkr.provider;

import io.lynkr.message.ApiError;
import io.lynkr.observability.RequestContext;
import io.lynkr.resilience.Deadline;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;

import java.util.concurrent.Executor;

/**
 * The upstream client on Vert.x. A call runs on the event loop of the client connection it serves,
 * so that a stream is relayed without changing threads; the calling virtual thread waits meanwhile.
 */
public final class VertxUpstreamClient implements UpstreamClient {
    private static final int MAX_HEADER_BYTES = 64 * 1024;
    private static final int CHUNK_BYTES = 64 * 1024;

    private final Vertx vertx;
    private final HttpClient client;
    private final UpstreamTimeouts timeouts;
    private final UpstreamProxies proxies;

    /**
     * @param timeouts of each call
     * @param connections how they are made and kept
     */
    public VertxUpstreamClient(
            Vertx vertx, UpstreamTimeouts timeouts, ConnectionSettings connections) {
        this.vertx = vertx;
        this.timeouts = timeouts;
        this.proxies = connections.proxies();
        this.client =
                vertx.createHttpClient(
                        options(timeouts, connections),
                        new PoolOptions().setHttp1MaxSize(connections.maxSockets()));
    }

    private static HttpClientOptions options(
            UpstreamTimeouts timeouts, ConnectionSettings connections) {
        var options =
                new HttpClientOptions()
                        .setConnectTimeout(Math.toIntExact(timeouts.connect().toMillis()))
                        .setKeepAlive(true)
                        .setKeepAliveTimeout(Math.toIntExact(connections.keepAlive().toSeconds()))
                        .setMaxHeaderSize(MAX_HEADER_BYTES)
                        .setMaxChunkSize(CHUNK_BYTES)
                        .setReceiveBufferSize(CHUNK_BYTES)
                        .setDecompressionSupported(false)
                        .setTcpNoDelay(true);
        connections
                .trust()
                .factory()
                .ifPresent(own -> options.setTrustOptions(new TrustedAuthorities(own)));
        return options;
    }

    @Override
    public UpstreamResponse send(UpstreamRequest request, Deadline deadline)
            throws ProviderException, InterruptedException {
        if (deadline.isOver()) {
            throw new ProviderException(
                    ProviderException.Cause.TIMEOUT,
                    ApiError.timeout("no time was left to call " + request.uri().getHost()));
        }
        var exchange = new UpstreamExchange(vertx, loop(), request, timeouts, deadline, proxies);
        exchange.start(client);
        return exchange.awaitAnswer();
    }

    private Executor loop() {
        return RequestContext.current()
                .map(RequestContext::eventLoop)
                .orElseGet(() -> onOwnContext(vertx.getOrCreateContext()));
    }

    private static Executor onOwnContext(Context context) {
        return task -> context.runOnContext(_ -> task.run());
    }

    @Override
    public void close() {
        client.close();
    }
}
