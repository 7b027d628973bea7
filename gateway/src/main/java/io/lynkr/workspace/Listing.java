package io.lynkr.workspace;

import java.util.List;

/**
 * What a folder holds, by name, folders before what is in them.
 *
 * @param cut whether there is more than could be listed
 */
public record Listing(List<FileEntry> entries, boolean cut) {
    public Listing {
        entries = List.copyOf(entries);
    }

    /**
     * What to list.
     *
     * @param depth 1 for the folder's own entries
     * @param most the longest listing; the workspace's limit holds too
     * @param ignored whether files that git ignores are listed
     */
    public record Request(int depth, int most, boolean ignored) {
        /** Everything git does not ignore. */
        public static final Request ALL = new Request(64, Integer.MAX_VALUE, false);

        public Request {
            if (depth < 1 || most < 1) {
                throw new IllegalArgumentException("depth " + depth + ", at most " + most);
            }
        }
    }
}
