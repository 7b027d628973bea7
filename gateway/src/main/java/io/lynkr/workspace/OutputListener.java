package io.lynkr.workspace;

/** Hears output while a program runs; from two threads, one for each channel. */
@FunctionalInterface
public interface OutputListener {
    OutputListener NONE = (channel, bytes) -> {};

    /** Where a program writes. */
    enum Channel {
        STDOUT,
        STDERR
    }

    /** Must be quick; what it throws is ignored. */
    void wrote(Channel channel, byte[] bytes);
}
