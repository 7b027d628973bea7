package io.lynkr.mcp;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What there is to know about a configured MCP server.
 *
 * @param transport {@code stdio}, {@code http} or {@code sse}
 * @param target the command line, or the address; without secrets
 * @param source the file that names it
 * @param state in one word: {@code idle}, {@code starting}, {@code running}, {@code failed}, {@code
 *     untrusted}, {@code disabled}
 * @param detail why, if that is not clear; else what it speaks
 * @param tools how many of its tools can be called
 * @param heldBack tools that changed and wait to be accepted
 * @param sandboxed whether its process runs in a box
 * @param startedAt when the process or connection that is there now began
 * @param usedAt when it was asked last
 * @param calls how many requests it got since the gateway started
 * @param starts how often it was started since then
 */
public record HostedServer(
        String name,
        String description,
        String transport,
        String target,
        String source,
        String state,
        String detail,
        int tools,
        List<String> heldBack,
        boolean sandboxed,
        Optional<Instant> startedAt,
        Optional<Instant> usedAt,
        long calls,
        long starts) {
    public HostedServer {
        heldBack = List.copyOf(heldBack);
    }
}
