package io.lynkr.app;

import io.lynkr.config.Settings;
import io.lynkr.http.HttpSettings;
import io.lynkr.provider.ModelAliases;
import io.lynkr.provider.ProviderSettings;

/**
 * Everything that the settings say, read at once, so that a start and {@code lynkr config} find the
 * same problems.
 *
 * @param http how the gateway listens
 * @param upstream how patient it is with the backend
 * @param plan the chosen provider
 * @param aliases which model of the backend answers to which name
 */
record GatewayConfig(
        HttpSettings http, ProviderSettings upstream, Providers.Plan plan, ModelAliases aliases) {

    /** Reads and checks; problems are left in the settings. */
    static GatewayConfig from(Settings settings) {
        var plan = Providers.plan(settings);
        return new GatewayConfig(
                HttpSettings.from(settings),
                ProviderSettings.from(settings),
                plan,
                ModelAliases.from(settings, plan.naming()));
    }
}
