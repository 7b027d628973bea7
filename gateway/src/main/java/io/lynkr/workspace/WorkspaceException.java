package io.lynkr.workspace;

/** A file operation that was refused or failed; the message is for the model. */
public final class WorkspaceException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why, for those who act on it. */
    public enum Reason {
        /** The text is no path that could be in a workspace. */
        BAD_PATH,
        /** The path leads out of the workspace. */
        OUTSIDE,
        /** A link is in the way: for writing always, for reading if it leads out or in circles. */
        LINK,
        MISSING,
        /**
         * A folder, device, pipe or socket where a file is needed, or a file instead of a folder.
         */
        WRONG_KIND,
        TOO_LARGE,
        BINARY,
        /** The file is not what the caller thought it was. */
        CHANGED,
        /** Another file has this name but for upper and lower case. */
        CASE,
        /** The guard does not let it be read or written. */
        PROTECTED,
        /** The operating system said no. */
        FAILED
    }

    private final Reason reason;

    WorkspaceException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    WorkspaceException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
