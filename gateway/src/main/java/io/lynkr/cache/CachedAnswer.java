package io.lynkr.cache;

/**
 * A whole answer, as it can be given again.
 *
 * @param provider who gave it
 * @param model the model's name there
 * @param form how the bytes are to be read
 * @param bytes of the answer; not to be changed
 * @param promptTokens all tokens of the prompt, as the backend counted them
 */
public record CachedAnswer(
        String provider, String model, Form form, byte[] bytes, long promptTokens) {

    /** How an answer came. */
    public enum Form {
        /** A message in JSON. */
        MESSAGE,
        /** Frames of an event stream, from {@code message_start} to {@code message_stop}. */
        EVENTS
    }

    /** What it fills of the memory, about. */
    public long size() {
        return bytes.length + 500L;
    }
}
