package io.lynkr.message;

import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonObject;

/**
 * A model as {@code GET /v1/models} lists it.
 *
 * @param id what a request names
 * @param displayName what a person reads
 * @param createdAt RFC 3339
 */
public record ModelInfo(String id, String displayName, String createdAt) {
    /** For backends that do not tell when a model was made. */
    public static final String UNKNOWN_DATE = "1970-01-01T00:00:00Z";

    public ModelInfo(String id) {
        this(id, id, UNKNOWN_DATE);
    }

    /** With every field that the API promises; backends tell nothing of most of them. */
    public JsonObject toJson() {
        return JsonObject.of("type", "model")
                .with("id", id)
                .with("display_name", displayName)
                .with("created_at", createdAt)
                .with("lifecycle", "active")
                .with("line", JsonNull.NULL)
                .with("max_input_tokens", JsonNull.NULL)
                .with("max_tokens", JsonNull.NULL)
                .with("capabilities", JsonNull.NULL)
                .with("deprecated_at", JsonNull.NULL)
                .with("retires_at", JsonNull.NULL);
    }
}
