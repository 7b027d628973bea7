package io.lynkr.provider.routing;

import java.util.List;

/**
 * The ways to answer requests of one kind, in the order in which they are tried.
 *
 * @param when for which requests, as it is written in the setting
 */
record Ladder(String when, List<Rung> rungs) {
    Ladder {
        rungs = List.copyOf(rungs);
    }
}
