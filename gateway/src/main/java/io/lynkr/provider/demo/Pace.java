package io.lynkr.provider.demo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets time pass between two tokens; tests let none pass. */
@FunctionalInterface
public interface Pace {
    /** Really waits. */
    Pace REAL = (time, cancelled) -> cancelled.await(time.toNanos(), TimeUnit.NANOSECONDS);

    /**
     * Waits until the time has passed, or until nobody wants the answer any more.
     *
     * @return whether the answer was cancelled
     */
    boolean pause(Duration time, CountDownLatch cancelled) throws InterruptedException;
}
