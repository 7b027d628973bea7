package io.lynkr.store;

import java.io.IOException;

/** Where several stores keep their records. Safe for many threads. */
public interface Database extends AutoCloseable {
    /** What it is, such as {@code sqlite}. */
    String kind();

    /**
     * Asks it something that it always knows; makes nothing.
     *
     * @throws IOException if it does not answer; the message is for people
     */
    void check() throws IOException;

    @Override
    void close();
}
