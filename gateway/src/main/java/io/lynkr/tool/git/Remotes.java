package io.lynkr.tool.git;

import java.time.Duration;

/** What exchanges with remotes have in common. */
final class Remotes {
    /** Time enough for a large push over a slow line, and not for one that hangs. */
    static final Duration TIME = Duration.ofMinutes(2);

    private Remotes() {}
}
