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

    /** The requests of a gateway that is to be shut down. */
    public interface Work {

        /** Completes when no request is being answered. */
        CompletableFuture<?> idle();

        /** Ends what is still being answered with an error that clients understand. */
        void cut();
    }

    /**
     * Runs after {@link Lifecycle#drain}, and returns when the gateway serves nobody any more;
     * asking for it a second time hurries it. The port stays open meanwhile, for probes, and to
     * tell who still comes to go elsewhere.
     */
    public void run(Lifecycle lifecycle, Work work, Sleeper sleeper) throws InterruptedException {
        sleeper.await(lifecycle.hurried(), drainDelay);
        lifecycle.refuseWork();
        var idle = work.idle();
        sleeper.await(CompletableFuture.anyOf(idle, lifecycle.hurried()), timeout);
        if (!idle.isDone()) {
            work.cut();
            sleeper.await(idle, TO_SAY_GOODBYE);
        }
        lifecycle.stop();
    }
}
