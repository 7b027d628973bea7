package io.lynkr.app;

import io.lynkr.agent.AgentLoop;
import io.lynkr.agent.Ledger;
import io.lynkr.agent.ModelCatalog;
import io.lynkr.agent.SideQuestion;
import io.lynkr.agent.TokenCounter;
import io.lynkr.config.Settings;
import io.lynkr.http.Api;
import io.lynkr.http.GatewayServer;
import io.lynkr.http.LoadShedding;
import io.lynkr.http.MemoryHealth;
import io.lynkr.http.Monitoring;
import io.lynkr.http.SheddingMetrics;
import io.lynkr.mcp.McpServer;
import io.lynkr.observability.Logs;
import io.lynkr.observability.Metrics;
import io.lynkr.observability.TurnTracer;
import io.lynkr.provider.GuardLog;
import io.lynkr.provider.GuardMetrics;
import io.lynkr.provider.Guards;
import io.lynkr.provider.MeteredProvider;
import io.lynkr.provider.Provider;
import io.lynkr.provider.ProviderCall;
import io.lynkr.provider.TokenEstimator;
import io.lynkr.provider.VertxUpstreamClient;
import io.lynkr.resilience.GracefulShutdown;
import io.lynkr.resilience.Lifecycle;
import io.lynkr.resilience.Sleeper;
import io.lynkr.session.Session;
import io.lynkr.tool.ToolMetrics;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.BindException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** The whole gateway: builds all parts, in order, and closes them in the opposite one. */
public final class Gateway implements GatewayHandle {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    /** A name that Claude Code uses; the aliases turn it into the backend's own. */
    static final String USUAL_MODEL = "claude-sonnet-4-5";

    private final Vertx vertx;
    private final Provider provider;
    private final RunningTools tools;
    private final Records records;
    private final GatewayServer server;
    private final LoadShedding shedding;
    private final Lifecycle lifecycle;
    private final GracefulShutdown shutdown;
    private final TurnTracer tracer;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Gateway(
            Vertx vertx,
            Provider provider,
            RunningTools tools,
            Records records,
            GatewayServer server,
            LoadShedding shedding,
            Lifecycle lifecycle,
            GracefulShutdown shutdown,
            TurnTracer tracer) {
        this.vertx = vertx;
        this.provider = provider;
        this.tools = tools;
        this.records = records;
        this.server = server;
        this.shedding = shedding;
        this.lifecycle = lifecycle;
        this.shutdown = shutdown;
        this.tracer = tracer;
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

        var tracer = config.telemetry().start();
        int loops = eventLoops();
        var vertx = vertx(loops);
        var upstream = config.upstream();
        var client = new VertxUpstreamClient(vertx, upstream.timeouts(), upstream.connections());
        var estimator = new TokenEstimator();
        var metrics = new Metrics(version()).withProcessMetrics();
        var guards =
                new Guards(
                        config.retries(),
                        config.breaking(),
                        config.limits(),
                        Gateway::ownerOf,
                        new GuardLog(new GuardMetrics(metrics)),
                        Guards.Time.real());
        var metered =
                new MeteredProvider(
                        config.plan().build(client, estimator), metrics, System::nanoTime);
        var backends = config.backends();
        var provider = backends.around(metered, guards, client, estimator, metrics);
        metrics.withDroppedLogLines(Logs::droppedByProcess)
                .withBackendLoad(() -> BackendViews.loads(guards));
        var aliases = config.aliases();
        var stores = config.tools().openStores();
        var records = Records.open(stores, config.transcripts(), config.secrets(), metrics);
        var ledger = new Ledger(metrics, config.prices());
        var adviser =
                new ModelAdviser(() -> new SideQuestion(provider, backends.outerAliases(), ledger));
        var running = config.tools().build(stores, adviser, new ToolMetrics(metrics));
        var tools = running.tools();
        var lifecycle = new Lifecycle();
        var shedding =
                LoadShedding.real(config.shedding(), lifecycle, new SheddingMetrics(metrics));
        var monitoring =
                new Monitoring(
                        config.monitoring(),
                        metrics,
                        tracer,
                        () -> BackendViews.breakers(guards),
                        Stream.concat(
                                        Stream.of(
                                                new MemoryHealth(shedding),
                                                new BackendHealth(
                                                        metered,
                                                        aliases.resolve(USUAL_MODEL),
                                                        guards)),
                                        stores.health().stream())
                                .toList(),
                        lifecycle,
                        Clock.systemUTC());
        var api =
                new Api(
                        new AgentLoop(
                                AnswerCache.around(provider, config.cache(), metrics),
                                backends.outerAliases(),
                                estimator,
                                tools,
                                ledger,
                                records.transcripts()),
                        new TokenCounter(provider, backends.outerAliases(), estimator),
                        new ModelCatalog(provider, aliases),
                        new McpServer(version(), Tools.INSTRUCTIONS),
                        session -> offered(running, session, upstream.total()),
                        records.transcripts(),
                        stores.sessions(),
                        upstream.total(),
                        provider.name(),
                        version(),
                        monitoring);
        try {
            var server = GatewayServer.start(vertx, config.http(), shedding, api, loops);
            lifecycle.ready();
            LOG.atInfo()
                    .addKeyValue("address", server.address())
                    .addKeyValue("provider", provider.name())
                    .addKeyValue("version", version())
                    .log("the gateway listens");
            return new Gateway(
                    vertx,
                    provider,
                    running,
                    records,
                    server,
                    shedding,
                    lifecycle,
                    config.shutdown(),
                    tracer);
        } catch (BindException refused) {
            provider.close();
            running.close();
            records.close();
            close(vertx);
            throw refused;
        }
    }

    private static OfferedTools offered(RunningTools tools, Session session, Duration most) {
        return new OfferedTools(tools.tools().runner(), tools.host(), session, most);
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

    /**
     * Ends after the requests in flight; asked a second time meanwhile, it does not wait for them.
     */
    @Override
    public void close() {
        if (!lifecycle.drain()) {
            return;
        }
        tools.endListening();
        LOG.info("the gateway ends: it takes no more work, and lets finish what runs");
        try {
            shutdown.run(lifecycle, shedding, Sleeper.REAL);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        try {
            server.close();
            provider.close();
            tools.close();
            records.close();
            tracer.close();
            close(vertx);
            LOG.info("the gateway has ended");
        } finally {
            closed.countDown();
        }
    }

    /** Sessions share a backend fairly; their sub-agents count as theirs. */
    private static String ownerOf(ProviderCall call) {
        return call.headers().first("x-claude-code-session-id").orElse("");
    }

    static void close(Vertx vertx) {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
