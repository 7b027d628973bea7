package io.lynkr.observability;

import java.time.Duration;
import java.util.Optional;

/** Hears of every turn when it is over, for those who collect traces; must not block. */
public interface TurnTracer extends AutoCloseable {
    /** Nobody collects. */
    TurnTracer NONE = new TurnTracer() {};

    /**
     * A turn is over.
     *
     * @param parent the client's {@code traceparent} header
     */
    default void finished(
            RequestFacts facts,
            Outcome outcome,
            int status,
            Duration took,
            Optional<String> parent) {}

    /** Sends what is left; waits for it a few seconds at most. */
    @Override
    default void close() {}
}
