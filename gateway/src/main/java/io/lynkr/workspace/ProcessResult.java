package io.lynkr.workspace;

import java.time.Duration;

/**
 * How a run went. Whatever the ending, nothing it started is alive any more, but for what {@code
 * survivors} counts.
 *
 * @param survivors processes that could not be killed; 0 unless the system itself hangs
 */
public record ProcessResult(
        Ending ending, Output stdout, Output stderr, Duration took, int survivors) {

    /** Why it ended. */
    public sealed interface Ending {

        /** By itself; a signal's number plus 128 if one ended it. */
        record Exited(int code) implements Ending {}

        /** The time was up. */
        record TimedOut(Duration limit) implements Ending {}

        /** It used more than it may. */
        record TooGreedy(String what) implements Ending {}

        /** The program could not be started. */
        record NotStarted(String reason) implements Ending {}
    }

    /** Whether it ended by itself with code 0. */
    public boolean succeeded() {
        return ending instanceof Ending.Exited(var code) && code == 0;
    }
}
