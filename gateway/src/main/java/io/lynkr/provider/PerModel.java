package io.lynkr.provider;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One thing for each model of a backend. Clients choose the names, so only the models that were
 * asked for last are known. Safe for many threads.
 */
final class PerModel<T> {
    private static final int MOST = 200;

    private final Function<String, T> make;

    // Guarded by itself; ordered by last use.
    private final Map<String, T> known =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                    return size() > MOST;
                }
            };

    PerModel(Function<String, T> make) {
        this.make = make;
    }

    T of(String model) {
        synchronized (known) {
            return known.computeIfAbsent(model, make);
        }
    }

    /** All that are known now, sorted by name. */
    Map<String, T> all() {
        synchronized (known) {
            return new TreeMap<>(known);
        }
    }
}
