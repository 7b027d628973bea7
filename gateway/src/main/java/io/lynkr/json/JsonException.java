package io.lynkr.json;

/** A text that is not JSON, or JSON beyond the limits it was read with. */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int offset;

    JsonException(String problem, int offset) {
        super(problem + " at byte " + offset);
        this.offset = offset;
    }

    /** Where the text stopped making sense, counted in bytes from its start. */
    public int offset() {
        return offset;
    }
}
