package io.lynkr.tool.paths;

import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;
import io.lynkr.workspace.WorkspacePath;

/** Turns what a call says about paths into paths, and the workspace's refusals into answers. */
public final class CallPaths {
    private CallPaths() {}

    /** A path as the call gives it. */
    public static WorkspacePath path(Workspace workspace, String given) throws ToolException {
        try {
            return workspace.path(given);
        } catch (WorkspaceException e) {
            throw failure(e);
        }
    }

    /** What the policy is asked about: without links as far as the path leads already. */
    public static WorkspacePath resolved(Workspace workspace, WorkspacePath path)
            throws ToolException {
        try {
            return workspace.resolve(path);
        } catch (WorkspaceException e) {
            if (e.reason() == WorkspaceException.Reason.MISSING) {
                return path;
            }
            throw failure(e);
        }
    }

    /** The same refusal as a tool's. */
    public static ToolException failure(WorkspaceException e) {
        var kind =
                switch (e.reason()) {
                    case BAD_PATH, OUTSIDE, LINK, WRONG_KIND, BINARY -> Kind.INVALID_ARGUMENTS;
                    case MISSING -> Kind.NOT_FOUND;
                    case TOO_LARGE -> Kind.TOO_LARGE;
                    case CHANGED, CASE -> Kind.CONFLICT;
                    case PROTECTED -> Kind.UNAVAILABLE;
                    case FAILED -> Kind.FAILED;
                };
        var failure = new ToolException(kind, e.getMessage() == null ? "" : e.getMessage());
        failure.initCause(e);
        return failure;
    }
}
