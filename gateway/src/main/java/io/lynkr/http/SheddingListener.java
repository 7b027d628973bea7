package io.lynkr.http;

/** Hears what the gateway refuses or gives up because it has enough. Must not block. */
public interface SheddingListener {

    /** Nobody listens. */
    SheddingListener NONE = new SheddingListener() {};

    /**
     * A request was refused.
     *
     * @param reason in one word: {@code requests}, {@code bytes}, {@code memory} or {@code
     *     shutdown}
     */
    default void shed(String reason) {}

    /** Memory is short: whatever can be made again should go. */
    default void dropCaches() {}
}
