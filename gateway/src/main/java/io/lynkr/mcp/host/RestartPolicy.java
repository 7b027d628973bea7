package io.lynkr.mcp.host;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * When a server that failed may be started again: at once after the first failure, then after 1, 2,
 * 4 … 60 s; after five failures within ten minutes not for five minutes. Not safe for several
 * threads.
 */
final class RestartPolicy {
    private static final int LOOP = 5;
    private static final Duration LOOKED_BACK = Duration.ofMinutes(10);
    private static final Duration LEFT_ALONE = Duration.ofMinutes(5);
    private static final long LONGEST_SECONDS = 60;
    private static final int MOST_DOUBLINGS = 6;

    private final Deque<Instant> failures = new ArrayDeque<>();
    private int inARow;
    private Instant notBefore = Instant.MIN;

    /** It did its work, so that what went wrong before does not count as a row. */
    void worked() {
        inARow = 0;
    }

    void failed(Instant now) {
        failures.addLast(now);
        while (failures.getFirst().isBefore(now.minus(LOOKED_BACK))) {
            failures.removeFirst();
        }
        inARow++;
        if (failures.size() >= LOOP) {
            failures.clear();
            inARow = 0;
            notBefore = now.plus(LEFT_ALONE);
        } else if (inARow > 1) {
            int doublings = Math.min(inARow - 2, MOST_DOUBLINGS);
            notBefore = now.plusSeconds(Math.min(LONGEST_SECONDS, 1L << doublings));
        } else {
            notBefore = now;
        }
    }

    /** How long it has to wait; zero if it may be started. */
    Duration pause(Instant now) {
        return now.isBefore(notBefore) ? Duration.between(now, notBefore) : Duration.ZERO;
    }

    /** A person said that it may. */
    void forgive() {
        failures.clear();
        inARow = 0;
        notBefore = Instant.MIN;
    }
}
