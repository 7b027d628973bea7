package io.lynkr.mcp;

import java.util.List;

/** The revisions of the protocol that are spoken here. */
public final class McpVersions {
    /** Requests that stand for themselves. */
    public static final String STATELESS = "2026-07-28";

    /** Revisions that begin with a handshake, the newest first. */
    public static final List<String> WITH_HANDSHAKE =
            List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

    private McpVersions() {}

    /** What the handshake settles on: the client's wish if we know it, else our newest. */
    static String settled(String wanted) {
        return WITH_HANDSHAKE.contains(wanted) ? wanted : WITH_HANDSHAKE.getFirst();
    }
}
