package io.lynkr.app;

import io.lynkr.agent.PriceSettings;
import io.lynkr.agent.PriceTable;
import io.lynkr.cache.CacheSettings;
import io.lynkr.config.Settings;
import io.lynkr.http.HttpSettings;
import io.lynkr.http.MonitoringSettings;
import io.lynkr.http.SheddingSettings;
import io.lynkr.http.ShutdownSettings;
import io.lynkr.observability.Redactor;
import io.lynkr.provider.BreakerSettings;
import io.lynkr.provider.LimitSettings;
import io.lynkr.provider.ModelAliases;
import io.lynkr.provider.ProviderSettings;
import io.lynkr.provider.RetrySettings;
import io.lynkr.resilience.BreakerPolicy;
import io.lynkr.resilience.GracefulShutdown;
import io.lynkr.session.TranscriptSettings;

/**
 * Everything that the settings say, read at once, so that a start and {@code lynkr config} find the
 * same problems.
 *
 * @param http how the gateway listens
 * @param shedding when it refuses work
 * @param shutdown how it ends
 * @param upstream how patient it is with the backend
 * @param retries how it asks the backend again
 * @param breaking when it stops asking
 * @param limits how much it asks at a time
 * @param plan the chosen provider
 * @param aliases which model of the backend answers to which name
 * @param backends which other backends there are, and who is asked for what
 * @param prices what models cost
 * @param monitoring what operators can see
 * @param cache what answers are kept to be given again
 * @param tools what may run in the gateway
 * @param transcripts what is kept of sessions
 * @param secrets of the settings, which must not be kept anywhere
 * @param telemetry whether OpenTelemetry collects
 */
record GatewayConfig(
        HttpSettings http,
        SheddingSettings shedding,
        GracefulShutdown shutdown,
        ProviderSettings upstream,
        RetrySettings retries,
        BreakerPolicy breaking,
        LimitSettings limits,
        Providers.Plan plan,
        ModelAliases aliases,
        Backends backends,
        PriceTable prices,
        MonitoringSettings monitoring,
        CacheSettings cache,
        Tools tools,
        TranscriptSettings transcripts,
        Redactor secrets,
        Telemetry telemetry) {

    /** Reads and checks; problems are left in the settings. */
    static GatewayConfig from(Settings settings) {
        settings.get(
                LogSettings.LOG_LEVEL); // the process reads them, but their problems are told here
        settings.get(LogSettings.LOG_FORMAT);
        var plan = Providers.plan(settings);
        var aliases = ModelAliases.from(settings, plan.naming());
        return new GatewayConfig(
                HttpSettings.from(settings),
                SheddingSettings.from(settings),
                ShutdownSettings.from(settings),
                ProviderSettings.from(settings),
                RetrySettings.from(settings),
                BreakerSettings.from(settings),
                LimitSettings.from(settings),
                plan,
                aliases,
                Backends.from(settings, aliases),
                PriceSettings.from(settings),
                MonitoringSettings.from(settings),
                CacheSettings.from(settings),
                Tools.from(settings),
                TranscriptSettings.from(settings),
                new Redactor(ProcessLog.secrets(settings)),
                Telemetry.from(settings));
    }
}
