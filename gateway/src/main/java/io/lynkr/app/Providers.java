package io.lynkr.app;

import io.lynkr.config.Settings;
import io.lynkr.provider.Dialect;
import io.lynkr.provider.Endpoint;
import io.lynkr.provider.HttpProvider;
import io.lynkr.provider.ModelNaming;
import io.lynkr.provider.Provider;
import io.lynkr.provider.ProviderSettings;
import io.lynkr.provider.Route;
import io.lynkr.provider.Routes;
import io.lynkr.provider.TokenEstimator;
import io.lynkr.provider.UpstreamClient;
import io.lynkr.provider.anthropic.AnthropicEndpoint;
import io.lynkr.provider.anthropic.AnthropicSettings;
import io.lynkr.provider.azure.AzureEndpoint;
import io.lynkr.provider.azure.AzureSettings;
import io.lynkr.provider.databricks.DatabricksRoutes;
import io.lynkr.provider.databricks.DatabricksSettings;
import io.lynkr.provider.demo.DemoProvider;
import io.lynkr.provider.demo.DemoSettings;
import io.lynkr.provider.demo.Pace;
import io.lynkr.provider.dialect.AnthropicDialect;
import io.lynkr.provider.dialect.Capabilities;
import io.lynkr.provider.dialect.LearnedLimits;
import io.lynkr.provider.dialect.OllamaDialect;
import io.lynkr.provider.dialect.OpenAiDialect;
import io.lynkr.provider.dialect.OpenAiProfile;
import io.lynkr.provider.ollama.OllamaEndpoint;
import io.lynkr.provider.ollama.OllamaSettings;
import io.lynkr.provider.openai.AzureOpenAiEndpoint;
import io.lynkr.provider.openai.AzureOpenAiSettings;
import io.lynkr.provider.openai.OpenAiEndpoint;
import io.lynkr.provider.openai.OpenAiSettings;

import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Every provider there is: a name, and how its settings become a plan. A new one is one line. */
final class Providers {
    private static final String ANTHROPIC_VERSION = "2023-06-01";
    private static final Map<String, Function<Settings, Plan>> KINDS = kinds();

    private Providers() {}

    private static Map<String, Function<Settings, Plan>> kinds() {
        var kinds = new LinkedHashMap<String, Function<Settings, Plan>>();
        kinds.put("databricks", Providers::databricks);
        kinds.put("azure-anthropic", Providers::azureAnthropic);
        kinds.put("anthropic", Providers::anthropic);
        kinds.put("openai", Providers::openAi);
        kinds.put("azure-openai", Providers::azureOpenAi);
        kinds.put("ollama", Providers::ollama);
        kinds.put(DemoProvider.NAME, Providers::demo);
        return kinds;
    }

    /**
     * A provider whose settings have been read, ready to be built.
     *
     * @param naming which model names the backend can know
     * @param address where the backend is called; empty if it lives in this process
     */
    record Plan(ModelNaming naming, Optional<URI> address, Building building) {

        Provider build(UpstreamClient client, TokenEstimator estimator) {
            return building.build(client, estimator);
        }
    }

    @FunctionalInterface
    interface Building {
        Provider build(UpstreamClient client, TokenEstimator estimator);
    }

    /** Reads the settings of the chosen provider; problems are left in them. */
    static Plan plan(Settings settings) {
        return plan(settings, settings.get(ProviderSettings.MODEL_PROVIDER));
    }

    /** The names of all providers. */
    static Set<String> names() {
        return KINDS.keySet();
    }

    /** Reads the settings of this provider; problems are left in them. */
    static Plan plan(Settings settings, String name) {
        return Optional.ofNullable(KINDS.get(name))
                .map(kind -> kind.apply(settings))
                .orElseGet(() -> unknown(name, settings));
    }

    private static Plan unknown(String name, Settings settings) {
        settings.problem(
                ProviderSettings.MODEL_PROVIDER,
                "there is no provider '" + name + "'",
                "Choose one of " + String.join(", ", KINDS.keySet()));
        return demo(settings);
    }

    private static Plan databricks(Settings settings) {
        var databricks = DatabricksSettings.from(settings);
        var messages = messages(Capabilities.DATABRICKS, settings, ANTHROPIC_VERSION);
        return new Plan(
                ModelNaming.DATABRICKS,
                Optional.of(databricks.base()),
                (client, estimator) ->
                        new HttpProvider(
                                "databricks",
                                new DatabricksRoutes(
                                        databricks,
                                        client,
                                        InstantSource.system(),
                                        messages,
                                        new OpenAiDialect(
                                                model ->
                                                        OpenAiProfile.forDatabricks(
                                                                DatabricksRoutes.chatPath(
                                                                        databricks, model),
                                                                model),
                                                estimator::estimate,
                                                true)),
                                client));
    }

    private static Plan azureAnthropic(Settings settings) {
        var azure = AzureSettings.from(settings);
        var messages = messages(Capabilities.AZURE, settings, azure.version());
        return new Plan(
                ModelNaming.ANTHROPIC,
                Optional.of(azure.messages()),
                (client, _) ->
                        overHttp(
                                "azure-anthropic",
                                new AzureEndpoint(azure, client, InstantSource.system()),
                                messages,
                                client));
    }

    private static Plan anthropic(Settings settings) {
        var anthropic = AnthropicSettings.from(settings);
        var messages =
                messages(
                        switch (anthropic.kind()) {
                            case ANTHROPIC -> Capabilities.ANTHROPIC;
                            case COMPATIBLE -> Capabilities.COMPATIBLE;
                        },
                        settings,
                        ANTHROPIC_VERSION);
        return new Plan(
                ModelNaming.ANTHROPIC,
                Optional.of(anthropic.messages()),
                (client, _) ->
                        overHttp("anthropic", new AnthropicEndpoint(anthropic), messages, client));
    }

    private static Plan openAi(Settings settings) {
        boolean onAzure =
                settings.isSet(AzureOpenAiSettings.ENDPOINT)
                        && !settings.isSet(OpenAiSettings.BASE_URL);
        if (onAzure) {
            return azureOpenAi(settings);
        }
        var openAi = OpenAiSettings.from(settings);
        return new Plan(
                ModelNaming.ofOthers(openAi.model()),
                Optional.of(openAi.base()),
                (client, estimator) ->
                        overHttp(
                                "openai",
                                new OpenAiEndpoint(openAi),
                                new OpenAiDialect(
                                        model -> OpenAiProfile.forBackend(openAi.base(), model),
                                        estimator::estimate,
                                        true),
                                client));
    }

    private static Plan azureOpenAi(Settings settings) {
        var azure = AzureOpenAiSettings.from(settings);
        return new Plan(
                ModelNaming.ofOthers(azure.deployment()),
                Optional.of(azure.endpoint()),
                (client, estimator) ->
                        overHttp(
                                "azure-openai",
                                new AzureOpenAiEndpoint(azure),
                                new OpenAiDialect(
                                        _ -> OpenAiProfile.azureOpenAi(),
                                        estimator::estimate,
                                        true),
                                client));
    }

    private static Plan ollama(Settings settings) {
        var ollama = OllamaSettings.from(settings);
        var messages = messages(Capabilities.OLLAMA, settings, ANTHROPIC_VERSION);
        return new Plan(
                ModelNaming.ofOthers(ollama.model()),
                Optional.of(ollama.endpoint()),
                (client, estimator) ->
                        overHttp(
                                "ollama",
                                new OllamaEndpoint(ollama),
                                ollama.speaksMessages()
                                        ? messages
                                        : new OllamaDialect(
                                                ollama.contextLength(), estimator::estimate),
                                client));
    }

    private static Plan demo(Settings settings) {
        var demo = DemoSettings.from(settings);
        return new Plan(
                ModelNaming.ANTHROPIC,
                Optional.empty(),
                (_, _) -> new DemoProvider(demo, Pace.REAL));
    }

    /**
     * The Messages API as this backend takes it.
     *
     * @param version the {@code anthropic-version} for clients that name none
     */
    private static Dialect messages(Capabilities backend, Settings settings, String version) {
        return new AnthropicDialect(
                backend.correctedBy(settings), new LearnedLimits(InstantSource.system()), version);
    }

    private static Provider overHttp(
            String name, Endpoint endpoint, Dialect dialect, UpstreamClient client) {
        return new HttpProvider(name, Routes.only(new Route(endpoint, dialect)), client);
    }
}
