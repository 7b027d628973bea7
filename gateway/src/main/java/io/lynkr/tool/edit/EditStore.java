package io.lynkr.tool.edit;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The edits of one workspace. It keeps the newest; older ones are forgotten, and their ids are not
 * used again. Every method throws {@link IOException} if the store cannot be used.
 */
public interface EditStore {
    /** So many edits are kept. */
    int MOST_EDITS = 1_000;

    /** So much content is kept, in bytes; the newest edit is kept whatever its size. */
    long MOST_BYTES = 256L << 20;

    /**
     * Which edits to list.
     *
     * @param path of the file, if only its edits are wanted
     * @param session that made them, if only its edits are wanted
     */
    record Filter(Optional<String> path, Optional<String> session) {
        public static final Filter NONE = new Filter(Optional.empty(), Optional.empty());
    }

    /** Keeps an edit; it is safe when this returns. */
    Edit add(Edit edit, Versions versions) throws IOException;

    Optional<Edit> find(long id) throws IOException;

    /** What the file was around an edit. */
    Optional<Versions> versions(long id) throws IOException;

    /** Those that the filter lets through, newest first. */
    List<Edit> latest(Filter filter, int most) throws IOException;
}
