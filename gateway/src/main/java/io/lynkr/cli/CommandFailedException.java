package io.lynkr.cli;

/** A command could not do its work; the message tells the user why and what to do. */
final class CommandFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    CommandFailedException(String message) {
        super(message);
    }
}
