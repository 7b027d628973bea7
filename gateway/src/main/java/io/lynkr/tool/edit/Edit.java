package io.lynkr.tool.edit;

import io.lynkr.json.JsonObject;

import java.time.Instant;
import java.util.Optional;

/**
 * A change of one file that a tool made.
 *
 * @param id given by the store; 0 before
 * @param session the conversation it was made in
 * @param path relative to the workspace
 * @param source the tool's name for itself: {@code fs_write}, {@code edit_patch}, {@code
 *     revert_edit}
 * @param diff for people and models; empty if there is nothing to show
 */
public record Edit(
        long id,
        Optional<String> session,
        String path,
        Instant at,
        String source,
        String diff,
        JsonObject metadata) {

    public Edit withId(long newId) {
        return new Edit(newId, session, path, at, source, diff, metadata);
    }
}
