package io.lynkr.app;

import io.lynkr.agent.AgentLoop;
import io.lynkr.agent.ModelCatalog;
import io.lynkr.agent.TokenCounter;
import io.lynkr.config.Settings;
import io.lynkr.http.Api;
import io.lynkr.http.GatewayServer;
import io.lynkr.provider.Provider;
import io.lynkr.provider.TokenEstimator;
import io.lynkr.provider.VertxUpstreamClient;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

import java.net.BindException;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** The whole gateway: builds all parts, in order, and closes them in the opposite one. */
public final class Gateway implements GatewayHandle {
    private final Vertx vertx;
    private final Provider provider;
    private final GatewayServer server;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Gateway(Vertx vertx, Provider provider, GatewayServer server) {
        this.vertx = vertx;
        this.provider = provider;
        this.server = server;
    }

    /**
     * Reads the settings, builds everything and starts to listen.
     *
     * @throws io.lynkr.config.ConfigException naming everything that is wrong with the settings
     * @throws BindException if the port is taken, or the address is not this machine's
     */
    public static Gateway start(Settings settings) throws BindException {
        var config = GatewayConfig.from(settings);
        settings.check();

        int loops = eventLoops();
        var vertx = vertx(loops);
        var upstream = config.upstream();
        var client = new VertxUpstreamClient(vertx, upstream.timeouts(), upstream.maxSockets());
        var estimator = new TokenEstimator();
        var provider = config.plan().build(client, estimator);
        var aliases = config.aliases();
        var api =
                new Api(
                        new AgentLoop(provider, aliases, estimator),
                        new TokenCounter(provider, aliases, estimator),
                        new ModelCatalog(provider, aliases),
                        upstream.total(),
                        provider.name(),
                        version());
        try {
            return new Gateway(
                    vertx, provider, GatewayServer.start(vertx, config.http(), api, loops));
        } catch (BindException refused) {
            provider.close();
            close(vertx);
            throw refused;
        }
    }

    /** Half the cores: the other half is for the virtual threads that decide (measured on two). */
    private static int eventLoops() {
        return Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 8);
    }

    static Vertx vertx(int eventLoops) {
        return Vertx.vertx(
                new VertxOptions()
                        .setEventLoopPoolSize(eventLoops)
                        .setPreferNativeTransport(true)
                        .setFileSystemOptions(
                                new FileSystemOptions()
                                        .setClassPathResolvingEnabled(false)
                                        .setFileCachingEnabled(false)));
    }

    /** The version that the jar was built as. */
    public static String version() {
        return Objects.requireNonNullElse(
                Gateway.class.getPackage().getImplementationVersion(), "development");
    }

    @Override
    public URI address() {
        return server.address();
    }

    @Override
    public void awaitShutdown() throws InterruptedException {
        closed.await();
    }

    @Override
    public void close() {
        server.close();
        provider.close();
        close(vertx);
        closed.countDown();
    }

    static void close(Vertx vertx) {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
