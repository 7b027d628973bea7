package io.lynkr.provider.openai;

import io.lynkr.config.Secret;
import io.lynkr.config.Setting;
import io.lynkr.config.Settings;

import java.net.URI;
import java.util.Optional;

/**
 * Which Azure OpenAI resource, deployment and API version.
 *
 * @param deployment the one to send every request to; without it the model's name is the
 *     deployment's
 * @param version the API's version; {@code v1} for the newer form of the address
 */
public record AzureOpenAiSettings(
        URI endpoint, Optional<Secret> apiKey, Optional<String> deployment, String version) {

    public static final Setting<Optional<URI>> ENDPOINT =
            Setting.uri(
                    "AZURE_OPENAI_ENDPOINT",
                    "The resource's address, such as https://<resource>.openai.azure.com, or the"
                            + " whole address of a deployment's chat completions; needed for"
                            + " azure-openai.");

    public static final Setting<Optional<Secret>> API_KEY =
            Setting.secret("AZURE_OPENAI_API_KEY", "The resource's key; needed for azure-openai.");

    public static final Setting<Optional<String>> DEPLOYMENT =
            Setting.text(
                    "AZURE_OPENAI_DEPLOYMENT",
                    "The deployment that gets every request. Without it the model's name is the"
                            + " deployment's.");

    public static final Setting<String> VERSION =
            Setting.text(
                    "AZURE_OPENAI_API_VERSION",
                    "2024-10-21",
                    "The API's version by date, or v1 for the newer form of the address.");

    private static final URI NOWHERE = URI.create("https://not-configured.invalid");

    /** Reads and checks; problems are left in the settings. */
    public static AzureOpenAiSettings from(Settings settings) {
        var endpoint = settings.get(ENDPOINT);
        if (endpoint.isEmpty() && !settings.isSet(ENDPOINT)) {
            settings.problem(
                    ENDPOINT,
                    "it is not set, and the backend is azure-openai",
                    "Set it to your resource's address, or choose another MODEL_PROVIDER");
        }
        if (!settings.isSet(API_KEY)) {
            settings.problem(
                    API_KEY,
                    "it is not set, and the backend is azure-openai",
                    "Set it to the resource's key");
        }
        return new AzureOpenAiSettings(
                endpoint.orElse(NOWHERE),
                settings.get(API_KEY),
                settings.get(DEPLOYMENT),
                settings.get(VERSION));
    }
}
