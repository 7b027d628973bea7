package io.lynkr.workspace;

import java.time.Duration;

/**
 * How much is read and written at most.
 *
 * @param fileBytes the largest file that is read or written whole
 * @param listEntries the longest listing
 * @param listTime after which a listing is cut: ignore files may have been made to be slow
 */
public record WorkspaceLimits(long fileBytes, int listEntries, Duration listTime) {
    /** 10 MB files, listings of 20,000 entries within 10 seconds. */
    public static final WorkspaceLimits USUAL =
            new WorkspaceLimits(10L << 20, 20_000, Duration.ofSeconds(10));

    public WorkspaceLimits {
        if (fileBytes < 1 || fileBytes > 1L << 30 || listEntries < 1) {
            throw new IllegalArgumentException(
                    "files of " + fileBytes + " bytes, listings of " + listEntries + " entries");
        }
    }
}
