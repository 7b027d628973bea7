package io.lynkr.observability;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The values that a metric's label may take: names that have proved real, up to a limit. All others
 * share one, so that no client can fill the memory, or the monitoring, with names it makes up.
 */
final class KnownNames {
    static final String OTHER = "other";

    private final int limit;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    KnownNames(int limit) {
        this.limit = limit;
    }

    /** Takes up a name that has proved real, if there is room; returns what to label it with. */
    String learn(String name) {
        if (known.contains(name)) {
            return name;
        }
        // Threads that come at the same time may go over the limit by their number; no harm.
        if (name.isEmpty() || known.size() >= limit) {
            return OTHER;
        }
        known.add(name);
        return name;
    }

    /** The label for a name that somebody only claims. */
    String label(String name) {
        return known.contains(name) ? name : OTHER;
    }
}
