package io.lynkr.index;

/** A parser cannot be had on this machine. */
final class GrammarException extends RuntimeException {
    GrammarException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }

    GrammarException(String message) {
        super(message);
    }
}
