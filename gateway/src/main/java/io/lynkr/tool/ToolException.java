package io.lynkr.tool;

/** Why a call could not be carried out; the message is written for the model. */
public final class ToolException extends Exception {

    /** What kind of failure it was, for clients and metrics. */
    public enum Kind {
        INVALID_ARGUMENTS,
        NOT_FOUND,
        CONFLICT,
        TOO_LARGE,
        TIMED_OUT,
        UNAVAILABLE,
        FAILED
    }

    private final transient Kind kind;

    public ToolException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Never absent: the constructor asks for it. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
