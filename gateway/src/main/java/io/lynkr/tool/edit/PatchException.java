package io.lynkr.tool.edit;

/** A patch that cannot be read or does not fit; the message is for the model. */
final class PatchException extends Exception {
    private static final long serialVersionUID = 1L;

    PatchException(String message) {
        super(message);
    }

    /** Never absent: the constructor asks for it. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
