package io.lynkr.session;

import io.lynkr.json.JsonObject;
import io.lynkr.message.Headers;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The conversation that a request belongs to, as its client names it.
 *
 * @param id the conversation; empty if the client does not say
 * @param agent the sub-agent that asks; empty for the main one
 * @param parentAgent the agent that started the sub-agent
 */
public record Session(Optional<String> id, Optional<String> agent, Optional<String> parentAgent) {
    private static final List<String> ID_HEADERS =
            List.of(
                    "x-claude-code-session-id",
                    "x-session-id",
                    "x-claude-session-id",
                    "x-claude-session",
                    "x-claude-conversation-id",
                    "anthropic-session-id");
    private static final List<String> ID_FIELDS =
            List.of("session_id", "sessionId", "conversation_id");
    private static final Pattern NAME = Pattern.compile("[\\w.:@/-]{1,128}");

    /** Reads the identity off a request; names that are no plain names are ignored. */
    public static Session of(Headers headers, JsonObject body) {
        var fromHeaders = ID_HEADERS.stream().map(headers::first);
        var fromBody = ID_FIELDS.stream().map(body::string);
        return new Session(
                Stream.concat(fromHeaders, fromBody)
                        .flatMap(Optional::stream)
                        .filter(Session::isName)
                        .findFirst(),
                headers.first("x-claude-code-agent-id").filter(Session::isName),
                headers.first("x-claude-code-parent-agent-id").filter(Session::isName));
    }

    private static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
