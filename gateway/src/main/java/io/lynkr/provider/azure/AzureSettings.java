package io.lynkr.provider.azure;

import io.lynkr.config.Secret;
import io.lynkr.config.Setting;
import io.lynkr.config.Settings;
import io.lynkr.message.Headers;
import io.lynkr.provider.ClientCredentials;
import io.lynkr.provider.SignIn;
import io.lynkr.provider.UpstreamClient;
import io.lynkr.provider.Urls;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Which Foundry resource, and who the gateway is there: by key, by a token, or as an Entra ID
 * application, in this order.
 *
 * @param messages where messages are posted
 * @param version the API's version for clients that name none
 */
public record AzureSettings(
        URI messages,
        Optional<Secret> apiKey,
        Optional<Secret> authToken,
        Optional<Application> application,
        String version) {

    /**
     * An application that is registered in Entra ID.
     *
     * @param authority Entra ID's address, which differs between Azure's clouds
     * @param scope what the token is for
     */
    public record Application(
            URI authority, String tenant, String clientId, Secret secret, String scope) {}

    public static final Setting<Optional<URI>> ENDPOINT =
            Setting.uri(
                    "AZURE_ANTHROPIC_ENDPOINT",
                    "The resource's address, such as"
                        + " https://<resource>.services.ai.azure.com/anthropic/v1/messages, with or"
                        + " without its last parts; needed for azure-anthropic.");

    public static final Setting<Optional<Secret>> API_KEY =
            Setting.secret("AZURE_ANTHROPIC_API_KEY", "The resource's key.");

    public static final Setting<Optional<Secret>> AUTH_TOKEN =
            Setting.secret(
                    "AZURE_ANTHROPIC_AUTH_TOKEN", "An Entra ID access token, instead of a key.");

    public static final Setting<Optional<String>> TENANT_ID =
            Setting.text(
                    "AZURE_TENANT_ID",
                    "The Entra ID tenant of an application that signs in, instead of a key.");

    public static final Setting<Optional<String>> CLIENT_ID =
            Setting.text("AZURE_CLIENT_ID", "The id of that application.");

    public static final Setting<Optional<Secret>> CLIENT_SECRET =
            Setting.secret("AZURE_CLIENT_SECRET", "The secret of that application.");

    public static final Setting<URI> AUTHORITY_HOST =
            Setting.uri(
                    "AZURE_AUTHORITY_HOST",
                    "https://login.microsoftonline.com",
                    "Entra ID's address.");

    public static final Setting<String> SCOPE =
            Setting.text(
                    "AZURE_ANTHROPIC_SCOPE",
                    "https://ai.azure.com/.default",
                    "What the application's token is asked for.");

    public static final Setting<String> VERSION =
            Setting.text(
                    "AZURE_ANTHROPIC_VERSION",
                    "2023-06-01",
                    "The Messages API's version for clients that name none.");

    private static final URI NOWHERE = URI.create("https://not-configured.invalid");

    /** Reads and checks; problems are left in the settings. */
    public static AzureSettings from(Settings settings) {
        var endpoint = settings.get(ENDPOINT);
        if (endpoint.isEmpty() && !settings.isSet(ENDPOINT)) {
            settings.problem(
                    ENDPOINT,
                    "it is not set, and the backend is azure-anthropic",
                    "Set it to your resource's address, or choose another MODEL_PROVIDER");
        }
        return new AzureSettings(
                Urls.messages(endpoint.orElse(NOWHERE), "/anthropic"),
                settings.get(API_KEY),
                settings.get(AUTH_TOKEN),
                application(settings),
                settings.get(VERSION));
    }

    private static Optional<Application> application(Settings settings) {
        if (settings.isSet(API_KEY) || settings.isSet(AUTH_TOKEN)) {
            return Optional.empty();
        }
        var needed = List.of(TENANT_ID, CLIENT_ID, CLIENT_SECRET);
        if (needed.stream().noneMatch(settings::isSet)) {
            settings.problem(
                    API_KEY,
                    "it is not set, and the backend is azure-anthropic",
                    "Set it to the resource's key, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and"
                            + " AZURE_CLIENT_SECRET");
            return Optional.empty();
        }
        for (var setting : needed) {
            if (!settings.isSet(setting)) {
                settings.problem(
                        setting,
                        "an Entra ID application needs it",
                        "Set all of AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET");
            }
        }
        return Optional.of(
                new Application(
                        settings.get(AUTHORITY_HOST),
                        settings.get(TENANT_ID).orElse(""),
                        settings.get(CLIENT_ID).orElse(""),
                        settings.get(CLIENT_SECRET).orElse(new Secret("")),
                        settings.get(SCOPE)));
    }

    SignIn signIn(UpstreamClient client, InstantSource clock) {
        if (apiKey.isPresent()) {
            // Foundry reads the one, an API management service before it the other.
            var key = apiKey.get().reveal();
            return SignIn.with(Headers.of("x-api-key", key).with("api-key", key));
        }
        if (application.isPresent()) {
            return new ClientCredentials(client, grant(application.get()), clock);
        }
        var token = authToken.map(Secret::reveal).orElse("");
        return SignIn.with(Headers.of("authorization", "Bearer " + token));
    }

    private ClientCredentials.Grant grant(Application application) {
        return new ClientCredentials.Grant(
                Urls.below(
                        application.authority(),
                        "/" + Urls.segment(application.tenant()) + "/oauth2/v2.0/token"),
                Headers.NONE,
                Urls.form(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        application.clientId(),
                        "client_secret",
                        application.secret().reveal(),
                        "scope",
                        application.scope()),
                credentialSettings());
    }

    String credentialSettings() {
        if (apiKey.isPresent()) {
            return API_KEY.name();
        }
        return application.isPresent()
                ? "%s, %s and %s"
                        .formatted(TENANT_ID.name(), CLIENT_ID.name(), CLIENT_SECRET.name())
                : AUTH_TOKEN.name();
    }
}
