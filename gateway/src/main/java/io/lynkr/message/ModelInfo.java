package io.lynkr.message;

import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;

import java.util.List;

/**
 * A model as {@code GET /v1/models} lists it.
 *
 * @param id what a request names
 * @param displayName what a person reads
 * @param createdAt RFC 3339
 * @param told what a backend of the Messages API says of it, as it came; other backends say nothing
 */
public record ModelInfo(String id, String displayName, String createdAt, JsonObject told) {
    /** For backends that do not tell when a model was made. */
    public static final String UNKNOWN_DATE = "1970-01-01T00:00:00Z";

    private static final List<String> OFTEN_UNKNOWN =
            List.of(
                    "line",
                    "max_input_tokens",
                    "max_tokens",
                    "capabilities",
                    "deprecated_at",
                    "retires_at");

    public ModelInfo(String id) {
        this(id, id, UNKNOWN_DATE);
    }

    public ModelInfo(String id, String displayName, String createdAt) {
        this(id, displayName, createdAt, JsonObject.EMPTY);
    }

    /** With every field that the API promises, and whatever else the backend told. */
    public JsonObject toJson() {
        var members = told.members();
        members.put("type", JsonString.of("model"));
        members.put("id", JsonString.of(id));
        members.put("display_name", JsonString.of(displayName));
        members.put("created_at", JsonString.of(createdAt));
        members.putIfAbsent("lifecycle", JsonString.of("active"));
        OFTEN_UNKNOWN.forEach(field -> members.putIfAbsent(field, JsonNull.NULL));
        return JsonObject.copyOf(members);
    }
}
