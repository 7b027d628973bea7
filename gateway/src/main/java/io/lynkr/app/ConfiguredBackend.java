package io.lynkr.app;

import io.lynkr.config.Settings;
import io.lynkr.provider.Provider;
import io.lynkr.provider.TokenEstimator;
import io.lynkr.provider.VertxUpstreamClient;
import io.vertx.core.Vertx;

import java.util.List;

/** The provider of the settings, without retries and breakers around it: the doctor's patient. */
public final class ConfiguredBackend implements Backend {
    private final GatewayConfig config;
    private final Vertx vertx;
    private final Provider provider;

    private ConfiguredBackend(GatewayConfig config, Vertx vertx) {
        this.config = config;
        this.vertx = vertx;
        var upstream = config.upstream();
        var client = new VertxUpstreamClient(vertx, upstream.timeouts(), upstream.connections());
        this.provider = config.plan().build(client, new TokenEstimator());
    }

    /**
     * Builds what would answer requests; says nothing to the backend yet.
     *
     * @throws io.lynkr.config.ConfigException naming everything that is wrong with the settings
     */
    public static ConfiguredBackend connect(Settings settings) {
        var config = GatewayConfig.from(settings);
        settings.check();
        return new ConfiguredBackend(config, Gateway.vertx(1));
    }

    @Override
    public List<ProbeResult> reach() {
        var connections = config.upstream().connections();
        return config.plan()
                .address()
                .map(
                        address ->
                                Reachability.of(
                                        connections.proxies().firstStop(address),
                                        connections.trust()))
                .orElse(List.of());
    }

    @Override
    public BackendProbe probe() {
        return new ProviderProbe(provider, config.aliases().resolve(Gateway.USUAL_MODEL));
    }

    @Override
    public void close() {
        provider.close();
        Gateway.close(vertx);
    }
}
