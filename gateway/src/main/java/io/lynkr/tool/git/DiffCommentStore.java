package io.lynkr.tool.git;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The comments on one workspace's changes. What a method has done is safe when it returns; every
 * method throws {@link IOException} if the store cannot be used.
 */
public interface DiffCommentStore {

    /** Keeps a comment. */
    DiffComment add(DiffComment comment) throws IOException;

    /**
     * The oldest first.
     *
     * @param thread only those of one talk
     */
    List<DiffComment> list(Optional<String> thread, int most) throws IOException;

    /** Whether there was one. */
    boolean delete(long id) throws IOException;
}
