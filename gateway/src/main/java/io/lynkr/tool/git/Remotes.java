package io.lynkr.tool.git;

import java.time.Duration;

/** What exchanges with remotes have in common. */
final class Remotes {
    /** Time enough for a large push over a slow line, and not for one that hangs. */
    static final Duration TIME = Duration.ofMinutes(2);

    /** The programs at the other end, whatever the repository's settings name. */
    static final String RECEIVER = "--receive-pack=git-receive-pack";

    static final String SENDER = "--upload-pack=git-upload-pack";

    private Remotes() {}
}
