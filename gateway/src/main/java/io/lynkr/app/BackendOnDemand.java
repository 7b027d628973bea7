package io.lynkr.app;

import io.lynkr.agent.Ledger;
import io.lynkr.agent.SideQuestion;
import io.lynkr.config.ConfigException;
import io.lynkr.config.Settings;
import io.lynkr.observability.Metrics;
import io.lynkr.provider.Provider;
import io.lynkr.provider.TokenEstimator;
import io.lynkr.provider.VertxUpstreamClient;
import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/**
 * The backend of the settings, connected when it is first asked: most tools of the command line
 * never do, and must work without credentials.
 */
final class BackendOnDemand implements Supplier<SideQuestion>, AutoCloseable {
    private final Settings settings;

    // Guarded by this.
    private @Nullable Open open;

    private record Open(Vertx vertx, Provider provider, SideQuestion model) {}

    BackendOnDemand(Settings settings) {
        this.settings = settings;
    }

    /**
     * @throws ConfigException naming everything that is wrong with the settings
     */
    @Override
    public synchronized SideQuestion get() {
        var known = open;
        if (known == null) {
            known = connect();
            open = known;
        }
        return known.model;
    }

    private Open connect() {
        var config = GatewayConfig.from(settings);
        settings.check();
        var vertx = Gateway.vertx(1);
        var upstream = config.upstream();
        var client = new VertxUpstreamClient(vertx, upstream.timeouts(), upstream.connections());
        var provider = config.plan().build(client, new TokenEstimator());
        var ledger = new Ledger(new Metrics(Gateway.version()), config.prices());
        return new Open(vertx, provider, new SideQuestion(provider, config.aliases(), ledger));
    }

    @Override
    public synchronized void close() {
        if (open != null) {
            open.provider.close();
            Gateway.close(open.vertx);
        }
    }
}
