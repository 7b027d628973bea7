package io.lynkr.provider.dialect;

import io.lynkr.json.JsonObject;
import io.lynkr.message.Usage;

import java.util.OptionalLong;

/**
 * Token counts of a backend of the OpenAI family in the Messages API's arithmetic, which counts
 * what the prompt cache held apart, not within.
 *
 * @param thinking tokens of the output that were thoughts; empty if nobody said
 */
record ChatUsage(Usage usage, OptionalLong thinking) {

    /**
     * Reads a usage object.
     *
     * @param withoutCache whether {@code prompt_tokens} leaves out what the cache held
     */
    static ChatUsage of(JsonObject told, boolean withoutCache) {
        var details = told.object("prompt_tokens_details").orElse(JsonObject.EMPTY);
        long prompt = count(told, "prompt_tokens", details, "");
        long read =
                count(
                        told,
                        "cache_read_input_tokens",
                        details,
                        "cached_tokens",
                        "prompt_cache_hit_tokens");
        long made = count(told, "cache_creation_input_tokens", details, "cache_write_tokens");
        long input = withoutCache ? prompt : Math.max(0, prompt - read - made);
        var thinking =
                told.object("completion_tokens_details")
                        .map(split -> split.integer("reasoning_tokens"))
                        .orElse(OptionalLong.empty());
        long output = count(told, "completion_tokens", details, "");
        return new ChatUsage(new Usage(input, made, read, output), thinking);
    }

    /** What is guessed where the backend says nothing. */
    static ChatUsage guessed(long prompt, long output) {
        return new ChatUsage(new Usage(prompt, 0, 0, output), OptionalLong.empty());
    }

    /** Whether an object tells any count that matters. */
    static boolean isTold(JsonObject usage) {
        return usage.integer("prompt_tokens").isPresent()
                || usage.integer("completion_tokens").isPresent();
    }

    JsonObject toJson() {
        var json = usage.toJson();
        return thinking.isEmpty()
                ? json
                : json.with(
                        "output_tokens_details",
                        JsonObject.EMPTY.with("thinking_tokens", thinking.getAsLong()));
    }

    /** The first count that is there; no backend counts below zero and is believed. */
    private static long count(
            JsonObject told, String field, JsonObject details, String detail, String... others) {
        var found = told.integer(field);
        if (found.isEmpty()) {
            found = details.integer(detail);
        }
        for (var other : others) {
            found = found.isPresent() ? found : told.integer(other);
        }
        return Math.max(0, found.orElse(0));
    }
}
