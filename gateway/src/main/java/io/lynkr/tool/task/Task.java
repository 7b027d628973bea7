package io.lynkr.tool.task;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something to be done in a workspace.
 *
 * @param id given by the store; 0 before
 * @param status any word, such as {@code todo}
 * @param priority greater is more urgent
 * @param linkedFile relative to the workspace
 * @param createdBy a session
 * @param updatedBy a session
 */
public record Task(
        long id,
        String title,
        String status,
        int priority,
        List<String> tags,
        Optional<String> linkedFile,
        Instant createdAt,
        Instant updatedAt,
        Optional<String> createdBy,
        Optional<String> updatedBy,
        JsonObject metadata) {

    public Task {
        tags = List.copyOf(tags);
    }

    public Task withId(long newId) {
        return new Task(
                newId,
                title,
                status,
                priority,
                tags,
                linkedFile,
                createdAt,
                updatedAt,
                createdBy,
                updatedBy,
                metadata);
    }

    JsonObject toJson() {
        return JsonObject.EMPTY
                .with("id", id)
                .with("title", title)
                .with("status", status)
                .with("priority", priority)
                .with("tags", JsonArray.ofStrings(tags))
                .with("linkedFile", orNull(linkedFile))
                .with("createdAt", createdAt.toEpochMilli())
                .with("updatedAt", updatedAt.toEpochMilli())
                .with("createdBy", orNull(createdBy))
                .with("updatedBy", orNull(updatedBy))
                .with("metadata", metadata);
    }

    private static JsonValue orNull(Optional<String> text) {
        return text.<JsonValue>map(JsonString::of).orElse(JsonNull.NULL);
    }
}
