package io.lynkr.session;

import java.time.Instant;

/**
 * A session that something is kept of.
 *
 * @param owner the name that goes with the access token; empty where nobody needs one
 * @param id as the client names it
 * @param createdAt when the first turn that is kept began
 * @param updatedAt when the last one began
 * @param turns how many are kept
 * @param bytes that they take, roughly
 */
public record SessionSummary(
        String owner, String id, Instant createdAt, Instant updatedAt, long turns, long bytes) {}
