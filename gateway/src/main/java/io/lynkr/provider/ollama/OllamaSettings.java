package io.lynkr.provider.ollama;

import io.lynkr.config.Secret;
import io.lynkr.config.Setting;
import io.lynkr.config.Settings;
import io.lynkr.message.Headers;

import java.net.URI;
import java.util.Optional;

/**
 * Which Ollama, which of its models, and in which schema.
 *
 * @param model the model for names that Ollama cannot know
 * @param contextLength tokens of context to ask for; 0 leaves Ollama's own default
 */
public record OllamaSettings(
        URI endpoint,
        Optional<Secret> apiKey,
        Optional<String> model,
        Wire wire,
        int contextLength) {

    /** The schemas that Ollama speaks. */
    public enum Wire {
        /**
         * Its own: only there the length of the context can be chosen, and a context that is too
         * short drops the beginning of the prompt without a word.
         */
        AUTO,
        ANTHROPIC,
        OLLAMA
    }

    public static final Setting<URI> ENDPOINT =
            Setting.uri("OLLAMA_ENDPOINT", "http://localhost:11434", "Where Ollama listens.");

    public static final Setting<Optional<Secret>> API_KEY =
            Setting.secret(
                    "OLLAMA_API_KEY",
                    "A bearer token, for an Ollama behind a proxy that asks one.");

    public static final Setting<Optional<String>> MODEL =
            Setting.text(
                    "OLLAMA_MODEL",
                    "The model that stands in for Claude models; MODEL_DEFAULT goes before it.");

    public static final Setting<Wire> DIALECT =
            Setting.choice(
                    "OLLAMA_DIALECT",
                    Wire.class,
                    Wire.AUTO,
                    "The schema to speak: ollama (/api/chat, also chosen by auto, since only there"
                            + " the context length can be set) or anthropic (/v1/messages).");

    public static final Setting<Integer> NUM_CTX =
            Setting.integer(
                    "OLLAMA_NUM_CTX",
                    65_536,
                    0,
                    10_000_000,
                    "Tokens of context to ask for; Claude Code needs about 64k. 0 leaves Ollama's"
                            + " own default, which is small and silently drops the beginning of"
                            + " longer prompts.");

    /** Reads and checks; problems are left in the settings. */
    public static OllamaSettings from(Settings settings) {
        return new OllamaSettings(
                settings.get(ENDPOINT),
                settings.get(API_KEY),
                settings.get(MODEL),
                settings.get(DIALECT),
                settings.get(NUM_CTX));
    }

    /** Whether the Messages API is spoken. */
    public boolean speaksMessages() {
        return wire == Wire.ANTHROPIC;
    }

    Headers credentials() {
        return apiKey.map(key -> Headers.of("authorization", "Bearer " + key.reveal()))
                .orElse(Headers.NONE);
    }
}
