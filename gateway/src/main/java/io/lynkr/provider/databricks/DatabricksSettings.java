package io.lynkr.provider.databricks;

import io.lynkr.config.Secret;
import io.lynkr.config.Setting;
import io.lynkr.config.Settings;
import io.lynkr.message.Headers;
import io.lynkr.provider.ClientCredentials;
import io.lynkr.provider.SignIn;
import io.lynkr.provider.UpstreamClient;
import io.lynkr.provider.Urls;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

/**
 * Which workspace, by which route, and who the gateway is there.
 *
 * @param base the workspace's address
 * @param apiKey a personal access token; goes before the OAuth client
 * @param clientId of an OAuth client (service principal)
 * @param clientSecret of the same
 * @param path the one route to take, if the operator chose it
 * @param wire the schema to speak
 */
public record DatabricksSettings(
        URI base,
        Optional<Secret> apiKey,
        Optional<String> clientId,
        Optional<Secret> clientSecret,
        Optional<String> path,
        Wire wire) {

    /** The schemas that a workspace speaks. */
    public enum Wire {
        /** The Messages API for Claude, chat completions for all others. */
        AUTO,
        ANTHROPIC,
        OPENAI
    }

    public static final Setting<Optional<URI>> API_BASE =
            Setting.uri(
                    "DATABRICKS_API_BASE",
                    "The workspace, such as https://<name>.cloud.databricks.com; needed for"
                            + " databricks.");

    public static final Setting<Optional<Secret>> API_KEY =
            Setting.secret(
                    "DATABRICKS_API_KEY",
                    "A personal access token of the workspace; needed for databricks, unless"
                            + " DATABRICKS_CLIENT_ID is set.");

    public static final Setting<Optional<String>> CLIENT_ID =
            Setting.text(
                    "DATABRICKS_CLIENT_ID",
                    "The OAuth client id of a service principal, instead of an access token.");

    public static final Setting<Optional<Secret>> CLIENT_SECRET =
            Setting.secret(
                    "DATABRICKS_CLIENT_SECRET", "The OAuth secret that goes with the client id.");

    public static final Setting<Optional<String>> ENDPOINT_PATH =
            Setting.text(
                    "DATABRICKS_ENDPOINT_PATH",
                    "The one path to send every request to, such as"
                        + " /serving-endpoints/databricks-claude-sonnet-4-5/invocations. Its end"
                        + " says which schema it speaks. Without it the model decides.");

    public static final Setting<Wire> DIALECT =
            Setting.choice(
                    "DATABRICKS_DIALECT",
                    Wire.class,
                    Wire.AUTO,
                    "The schema to speak: auto takes the Messages API for Claude models and chat"
                        + " completions for all others, and for workspaces without the former.");

    private static final URI NOWHERE = URI.create("https://not-configured.invalid");

    /** Reads and checks; problems are left in the settings. */
    public static DatabricksSettings from(Settings settings) {
        var base = settings.get(API_BASE);
        if (base.isEmpty() && !settings.isSet(API_BASE)) {
            settings.problem(
                    API_BASE,
                    "it is not set, and the backend is databricks",
                    "Set it to your workspace's address, or choose another MODEL_PROVIDER");
        }
        checkCredentials(settings);
        var wire = settings.get(DIALECT);
        var path = settings.get(ENDPOINT_PATH).map(DatabricksSettings::absolute);
        path.ifPresent(given -> checkPath(settings, given, wire));
        return new DatabricksSettings(
                base.orElse(NOWHERE),
                settings.get(API_KEY),
                settings.get(CLIENT_ID),
                settings.get(CLIENT_SECRET),
                path,
                path.flatMap(DatabricksSettings::spokenAt).orElse(wire));
    }

    private static void checkCredentials(Settings settings) {
        if (settings.isSet(API_KEY)) {
            return;
        }
        boolean id = settings.isSet(CLIENT_ID);
        boolean secret = settings.isSet(CLIENT_SECRET);
        if (!id && !secret) {
            settings.problem(
                    API_KEY,
                    "it is not set, and the backend is databricks",
                    "Set it to an access token, or set DATABRICKS_CLIENT_ID and"
                            + " DATABRICKS_CLIENT_SECRET");
        } else if (!id) {
            settings.problem(
                    CLIENT_ID,
                    "DATABRICKS_CLIENT_SECRET is set without it",
                    "Set it to the service principal's client id");
        } else if (!secret) {
            settings.problem(
                    CLIENT_SECRET,
                    "DATABRICKS_CLIENT_ID is set without it",
                    "Set it to the service principal's OAuth secret");
        }
    }

    private static void checkPath(Settings settings, String path, Wire wire) {
        var spoken = spokenAt(path);
        if (path.contains("://") || path.contains("?") || path.contains(" ")) {
            settings.problem(
                    ENDPOINT_PATH,
                    "'" + path + "' is not a path",
                    "Write the path only; the workspace's address is DATABRICKS_API_BASE");
        } else if (spoken.isEmpty() && wire == Wire.AUTO) {
            settings.problem(
                    ENDPOINT_PATH,
                    "'" + path + "' does not say which schema it speaks",
                    "Let it end in /invocations, /chat/completions or /v1/messages, or set"
                            + " DATABRICKS_DIALECT to anthropic or openai");
        } else if (spoken.isPresent() && wire != Wire.AUTO && wire != spoken.get()) {
            settings.problem(
                    ENDPOINT_PATH,
                    "'" + path + "' does not speak what DATABRICKS_DIALECT says",
                    "Remove one of the two");
        }
    }

    private static String absolute(String path) {
        return path.startsWith("/") || path.contains("://") ? path : "/" + path;
    }

    private static Optional<Wire> spokenAt(String path) {
        if (path.endsWith("/v1/messages")) {
            return Optional.of(Wire.ANTHROPIC);
        }
        return path.endsWith("/invocations") || path.endsWith("/chat/completions")
                ? Optional.of(Wire.OPENAI)
                : Optional.empty();
    }

    SignIn signIn(UpstreamClient client, InstantSource clock) {
        if (apiKey.isPresent()) {
            return SignIn.with(Headers.of("authorization", "Bearer " + apiKey.get().reveal()));
        }
        return new ClientCredentials(client, grant(), clock);
    }

    private ClientCredentials.Grant grant() {
        var account = clientId.orElse("") + ":" + clientSecret.map(Secret::reveal).orElse("");
        var encoded = Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8));
        return new ClientCredentials.Grant(
                Urls.below(base, "/oidc/v1/token"),
                Headers.of("authorization", "Basic " + encoded),
                Urls.form("grant_type", "client_credentials", "scope", "all-apis"),
                credentialSettings());
    }

    String credentialSettings() {
        return apiKey.isPresent()
                ? API_KEY.name()
                : CLIENT_ID.name() + " and " + CLIENT_SECRET.name();
    }
}
