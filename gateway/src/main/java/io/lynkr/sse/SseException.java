package io.lynkr.sse;

/** A stream that is no usable event stream: one event is larger than the reader may hold. */
public final class SseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SseException(String message) {
        super(message);
    }
}
