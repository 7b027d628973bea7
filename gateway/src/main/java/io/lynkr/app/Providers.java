package io.lynkr.app;

import io.lynkr.config.Secret;
import io.lynkr.config.Setting;
import io.lynkr.config.Settings;
import io.lynkr.message.Headers;
import io.lynkr.provider.Endpoint;
import io.lynkr.provider.HttpProvider;
import io.lynkr.provider.Provider;
import io.lynkr.provider.Route;
import io.lynkr.provider.Routes;
import io.lynkr.provider.TokenEstimator;
import io.lynkr.provider.UpstreamClient;
import io.lynkr.provider.demo.DemoProvider;
import io.lynkr.provider.demo.DemoSettings;
import io.lynkr.provider.demo.Pace;
import io.lynkr.provider.dialect.AnthropicDialect;
import io.lynkr.provider.dialect.Capabilities;
import io.lynkr.provider.dialect.LearnedLimits;

import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/** Every provider there is. */
final class Providers {
    private Providers() {}

    /** A provider whose settings have been read, ready to be built. */
    @FunctionalInterface
    interface Plan {
        Provider build(UpstreamClient client, TokenEstimator estimator);
    }

    static Plan plan(String name, Settings settings) {
        if (name.equals(DemoProvider.NAME)) {
            var demo = DemoSettings.from(settings);
            return (_, _) -> new DemoProvider(demo, Pace.REAL);
        }
        var base =
                settings.get(Setting.uri("ANTHROPIC_UPSTREAM_URL", "The upstream."))
                        .orElse(URI.create("https://api.anthropic.com"));
        Optional<Secret> key =
                settings.get(Setting.secret("ANTHROPIC_UPSTREAM_API_KEY", "The key."));
        Endpoint endpoint =
                new Endpoint() {
                    @Override
                    public URI messages(String model, boolean stream) {
                        return URI.create(base + "/v1/messages");
                    }

                    @Override
                    public Headers signIn() {
                        return Headers.of("x-api-key", key.map(Secret::reveal).orElse(""));
                    }

                    @Override
                    public String credentialSettings() {
                        return "ANTHROPIC_UPSTREAM_API_KEY";
                    }
                };
        var dialect =
                new AnthropicDialect(
                        Capabilities.ANTHROPIC,
                        new LearnedLimits(InstantSource.system()),
                        "2023-06-01");
        return (client, _) ->
                new HttpProvider(name, Routes.only(new Route(endpoint, dialect)), client);
    }
}
