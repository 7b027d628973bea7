package io.lynkr.tool.git;

import io.lynkr.tool.ToolException;

import java.util.Optional;

/** What calls say about paths, as git names them. */
final class Paths {
    private Paths() {}

    /** Relative to the workspace; the workspace itself counts as no path at all. */
    static Optional<String> optional(Repository repository, Optional<String> given)
            throws ToolException {
        if (given.isEmpty()) {
            return given;
        }
        var path = repository.path(given.get());
        return path.isRoot() ? Optional.empty() : Optional.of(path.toString());
    }
}
