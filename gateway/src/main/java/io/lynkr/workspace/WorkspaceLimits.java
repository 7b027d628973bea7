package io.lynkr.workspace;

/**
 * How much is read and written at most.
 *
 * @param fileBytes the largest file that is read or written whole
 * @param listEntries the longest listing
 */
public record WorkspaceLimits(long fileBytes, int listEntries) {
    /** 10 MB files, listings of 20,000 entries. */
    public static final WorkspaceLimits USUAL = new WorkspaceLimits(10L << 20, 20_000);

    public WorkspaceLimits {
        if (fileBytes < 1 || fileBytes > 1L << 30 || listEntries < 1) {
            throw new IllegalArgumentException(
                    "files of " + fileBytes + " bytes, listings of " + listEntries + " entries");
        }
    }
}
