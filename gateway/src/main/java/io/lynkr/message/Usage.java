package io.lynkr.message;

import io.lynkr.json.JsonObject;

/**
 * Tokens of one answer, counted as the Messages API does: the whole prompt is {@code input +
 * cacheCreation + cacheRead}.
 *
 * @param input prompt tokens neither read from nor written to the prompt cache
 * @param cacheCreation prompt tokens written to the prompt cache
 * @param cacheRead prompt tokens read from the prompt cache
 * @param output tokens of the answer, thinking included
 */
public record Usage(long input, long cacheCreation, long cacheRead, long output) {
    public static final Usage NONE = new Usage(0, 0, 0, 0);

    /** Reads a usage object; what is missing counts as nothing. */
    public static Usage of(JsonObject usage) {
        return NONE.updatedBy(usage);
    }

    /** As clients merge them: a number in a later usage object replaces the earlier one. */
    public Usage updatedBy(JsonObject later) {
        return new Usage(
                later.integer("input_tokens").orElse(input),
                later.integer("cache_creation_input_tokens").orElse(cacheCreation),
                later.integer("cache_read_input_tokens").orElse(cacheRead),
                later.integer("output_tokens").orElse(output));
    }

    public Usage plus(Usage other) {
        return new Usage(
                input + other.input,
                cacheCreation + other.cacheCreation,
                cacheRead + other.cacheRead,
                output + other.output);
    }

    /** All tokens of the prompt. */
    public long prompt() {
        return input + cacheCreation + cacheRead;
    }

    /** The full modern usage object: some clients fail when a field is missing. */
    public JsonObject toJson() {
        return JsonObject.EMPTY
                .with("input_tokens", input)
                .with("cache_creation_input_tokens", cacheCreation)
                .with("cache_read_input_tokens", cacheRead)
                .with(
                        "cache_creation",
                        JsonObject.EMPTY
                                .with("ephemeral_5m_input_tokens", cacheCreation)
                                .with("ephemeral_1h_input_tokens", 0))
                .with("output_tokens", output);
    }
}
