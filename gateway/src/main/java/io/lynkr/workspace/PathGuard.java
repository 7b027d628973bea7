package io.lynkr.workspace;

import java.util.Optional;

/**
 * Has the last word on a path, after links were resolved. The workspace asks it in every read and
 * write, so that no tool can forget; search and diff ask it themselves.
 */
@FunctionalInterface
public interface PathGuard {

    /** What would be done with the content. */
    enum Access {
        READ,
        WRITE
    }

    /** Why not, in a sentence for the model that names the setting; empty to let it happen. */
    Optional<String> refusal(Access access, WorkspacePath path);
}
