package io.lynkr.resilience;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How threads wait: really, or in a test's own time. */
@FunctionalInterface
public interface Sleeper {

    /** Waits as long as it says. */
    Sleeper REAL = Sleeper::awaitReally;

    /** Waits until the signal is given, at most this long; returns whether it was given. */
    boolean await(CompletableFuture<?> signal, Duration atMost) throws InterruptedException;

    default void sleep(Duration duration) throws InterruptedException {
        boolean woken = await(new CompletableFuture<Void>(), duration);
        assert !woken : "nobody knows the signal";
    }

    private static boolean awaitReally(CompletableFuture<?> signal, Duration atMost)
            throws InterruptedException {
        try {
            signal.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException timeIsUp) {
            return false;
        } catch (ExecutionException given) {
            return true;
        }
    }
}
