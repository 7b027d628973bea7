package io.lynkr.app;

import io.lynkr.config.Settings;
import io.lynkr.observability.Metrics;
import io.lynkr.provider.Guards;
import io.lynkr.provider.MeteredProvider;
import io.lynkr.provider.ModelAliases;
import io.lynkr.provider.Provider;
import io.lynkr.provider.ProviderSettings;
import io.lynkr.provider.TokenEstimator;
import io.lynkr.provider.UpstreamClient;
import io.lynkr.provider.routing.LadderProvider;
import io.lynkr.provider.routing.Ladders;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which backends there are besides the main one, and which requests go to which of them.
 *
 * @param others the plans of the other providers that a rung names
 * @param mainAliases the main provider's names of models
 */
record Backends(
        String main,
        Ladders ladders,
        Map<String, Providers.Plan> others,
        ModelAliases mainAliases) {

    /** Reads and checks; problems are left in the settings. */
    static Backends from(Settings settings, ModelAliases mainAliases) {
        var main = settings.get(ProviderSettings.MODEL_PROVIDER);
        var ladders = Ladders.from(settings, main, Providers.names());
        var others = new LinkedHashMap<String, Providers.Plan>();
        for (var name : ladders.providers()) {
            if (!name.equals(main)) {
                others.put(name, Providers.plan(settings, name));
            }
        }
        return new Backends(main, ladders, others, mainAliases);
    }

    /** What is done to a request's model before a backend is chosen: nothing, if one is chosen. */
    ModelAliases outerAliases() {
        return ladders.isEmpty() ? mainAliases : ModelAliases.UNCHANGED;
    }

    /**
     * All backends as one provider, each behind its guards.
     *
     * @param mainProvider without guards
     */
    Provider around(
            Provider mainProvider,
            Guards guards,
            UpstreamClient client,
            TokenEstimator estimator,
            Metrics metrics) {
        if (ladders.isEmpty()) {
            return guards.around(mainProvider);
        }
        var all = new LinkedHashMap<String, LadderProvider.Backend>();
        all.put(main, backend(mainProvider, guards, mainAliases));
        others.forEach(
                (name, plan) ->
                        all.put(
                                name,
                                backend(
                                        new MeteredProvider(
                                                plan.build(client, estimator),
                                                metrics,
                                                System::nanoTime),
                                        guards,
                                        ModelAliases.by(plan.naming()))));
        return new LadderProvider(main, ladders, all, estimator, metrics);
    }

    private static LadderProvider.Backend backend(
            Provider provider, Guards guards, ModelAliases aliases) {
        return new LadderProvider.Backend(
                guards.around(provider), guards.hastilyAround(provider), aliases);
    }
}
