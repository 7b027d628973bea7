package io.lynkr.resilience;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.function.Function;

/**
 * Who holds how many of the places that all want. While others wait, nobody gets more than a
 * quarter. Used under its owner's lock.
 */
final class FairShares {
    private static final int PARTS = 4;

    private final Map<String, Integer> held = new HashMap<>();

    void take(String owner) {
        held.merge(owner, 1, Integer::sum);
    }

    void giveBack(String owner) {
        held.computeIfPresent(owner, (_, count) -> count == 1 ? null : count - 1);
    }

    /**
     * Who of those that wait is next: the first whose owner holds less than its share, or simply
     * the first if all have theirs.
     */
    <W> Optional<W> next(SequencedCollection<W> waiting, Function<W, String> ownerOf, int places) {
        int share = Math.max(1, places / PARTS);
        return waiting.stream()
                .filter(waiter -> held.getOrDefault(ownerOf.apply(waiter), 0) < share)
                .findFirst()
                .or(() -> waiting.stream().findFirst());
    }
}
