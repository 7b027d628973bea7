package io.lynkr.tool.git;

import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;

import java.time.Instant;
import java.util.Optional;

/**
 * What somebody says about a line.
 *
 * @param id given by the store; 0 before
 * @param thread the talk that it belongs to
 * @param file relative to the workspace, as it was called then
 * @param line from 1, as it was then
 * @param hunk the part of a diff that it is about; empty if none was given
 * @param anchor what stood there; finds the line again
 */
public record DiffComment(
        long id,
        String thread,
        Optional<String> session,
        String file,
        int line,
        String hunk,
        JsonObject anchor,
        String comment,
        String author,
        Instant at) {

    /** The same comment under the id that it is kept as. */
    public DiffComment withId(long newId) {
        return new DiffComment(
                newId, thread, session, file, line, hunk, anchor, comment, author, at);
    }

    JsonObject json() {
        return JsonObject.EMPTY
                .with("id", id)
                .with("threadId", thread)
                .withOptional("sessionId", session.map(JsonString::of))
                .with("filePath", file)
                .with("line", line)
                .with("hunk", hunk)
                .with("comment", comment)
                .with("author", author)
                .with("createdAt", at.toString());
    }
}
