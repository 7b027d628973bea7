package io.lynkr.testing;

import java.util.concurrent.CountDownLatch;

/**
 * Holds a reply at some point until the test opens it, so that a test can look at what has arrived
 * so far without guessing times.
 */
public final class Gate {
    private final CountDownLatch open = new CountDownLatch(1);

    public void open() {
        open.countDown();
    }

    public boolean isOpen() {
        return open.getCount() == 0;
    }
}
