package io.lynkr.provider;

import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;
import io.lynkr.message.ModelInfo;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Reads the lists in which backends name their models; each has its own shape. */
public final class ModelList {
    private ModelList() {}

    /**
     * Reads a list; one that cannot be read is an empty one.
     *
     * @param member the member of the answer that is the list
     * @param model reads one of its objects; empty for one that is no model to talk to
     */
    public static List<ModelInfo> read(
            byte[] body, String member, Function<JsonObject, Optional<ModelInfo>> model) {
        try {
            return JsonValue.parse(body)
                    .asObject()
                    .orElse(JsonObject.EMPTY)
                    .objects(member)
                    .stream()
                    .flatMap(entry -> model.apply(entry).stream())
                    .toList();
        } catch (JsonException notJson) {
            return List.of();
        }
    }

    /** A date as RFC 3339 from seconds since 1970. */
    public static String date(OptionalLong epochSeconds) {
        try {
            return epochSeconds.isPresent()
                    ? Instant.ofEpochSecond(epochSeconds.getAsLong()).toString()
                    : ModelInfo.UNKNOWN_DATE;
        } catch (DateTimeException absurd) {
            return ModelInfo.UNKNOWN_DATE;
        }
    }
}
