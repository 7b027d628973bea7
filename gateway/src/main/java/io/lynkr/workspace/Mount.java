package io.lynkr.workspace;

import java.nio.file.Path;

/**
 * A folder of the machine that a sandbox shows.
 *
 * @param inside where the program sees it
 */
public record Mount(Path host, Path inside, boolean writable) {
    public Mount {
        if (!host.isAbsolute() || !inside.isAbsolute()) {
            throw new IllegalArgumentException(
                    "a mount needs absolute paths, but has " + host + " and " + inside);
        }
    }
}
