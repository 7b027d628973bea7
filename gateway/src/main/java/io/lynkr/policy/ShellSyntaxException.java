package io.lynkr.policy;

/** A command line that cannot be understood for certain, and is therefore denied. */
final class ShellSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    ShellSyntaxException(String message) {
        super(message);
    }
}
