package io.lynkr.tool;

import io.lynkr.resilience.Deadline;
import io.lynkr.session.Session;

import java.util.function.Consumer;

/**
 * In whose name and until when a call runs.
 *
 * @param session the conversation; its id is the owner of records that the tool makes
 * @param deadline when the result must be there
 * @param progress takes a line about what goes on, for people who wait; may be called by any thread
 */
public record CallContext(Session session, Deadline deadline, Consumer<String> progress) {}
