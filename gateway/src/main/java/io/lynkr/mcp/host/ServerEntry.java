package io.lynkr.mcp.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A server as a file names it.
 *
 * @param name of letters, digits, {@code _} and {@code -}
 * @param source the file
 * @param ofProject whether the file belongs to a project, which must be trusted first
 * @param fingerprint a hash of what the file says about it
 * @param sandbox whether it wants to be in a box; empty if it does not say
 * @param network whether it may reach the network from its box
 * @param timeout for each of its calls; empty for the usual one
 */
record ServerEntry(
        String name,
        String description,
        Path source,
        boolean ofProject,
        String fingerprint,
        Launch launch,
        Optional<Boolean> sandbox,
        boolean network,
        Optional<Duration> timeout,
        boolean disabled) {

    /** Under which its approvals are kept. */
    String key() {
        return source + "#" + name;
    }
}
