package io.lynkr.resilience;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Takes a gateway out of service without losing a request: first no more traffic is wanted, then no
 * more is taken, then what runs may finish, then it is cut.
 *
 * @param drainDelay how long requests are still taken while balancers learn that they should stop
 * @param timeout how long what runs may take to finish
 */
public record GracefulShutdown(Duration drainDelay, Duration timeout) {
    private static final Duration TO_SAY_GOODBYE = Duration.ofSeconds(2);

    /** What a gateway must be able to do in order to be shut down. */
    public interface Doors {

        /** Takes no more connections, and asks the open ones to end after their answer. */
        void close();

        /** Completes when no request is being answered. */
        CompletableFuture<?> idle();

        /** Ends what is still being answered with an error that clients understand. */
        void cut();
    }

    /**
     * Runs after {@link Lifecycle#drain}, and returns when the gateway serves nobody any more;
     * asking for it a second time hurries it.
     */
    public void run(Lifecycle lifecycle, Doors doors, Sleeper sleeper) throws InterruptedException {
        sleeper.await(lifecycle.hurried(), drainDelay);
        lifecycle.refuseWork();
        doors.close();
        var idle = doors.idle();
        sleeper.await(CompletableFuture.anyOf(idle, lifecycle.hurried()), timeout);
        if (!idle.isDone()) {
            doors.cut();
            sleeper.await(idle, TO_SAY_GOODBYE);
        }
        lifecycle.stop();
    }
}
