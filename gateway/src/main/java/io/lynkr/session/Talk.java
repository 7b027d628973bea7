package io.lynkr.session;

/**
 * Whose messages follow on each other: one agent in one conversation of one caller.
 *
 * @param owner the name that goes with the caller's access token; empty where nobody needs one
 * @param session the conversation's id, as its client names it
 * @param agent the sub-agent; empty for the main one
 */
public record Talk(String owner, String session, String agent) {}
