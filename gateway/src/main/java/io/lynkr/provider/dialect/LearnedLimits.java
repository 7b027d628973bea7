package io.lynkr.provider.dialect;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What backends were heard to refuse, for each of their models: remembered for a day, since
 * backends are upgraded, and only up to a bound. Safe for many threads; shared by all dialects of a
 * gateway.
 */
public final class LearnedLimits {
    private static final Duration REMEMBERED = Duration.ofDays(1);
    private static final int MOST_MODELS = 1_000;
    private static final int MOST_PER_MODEL = 64;

    private record Key(String backend, String model) {}

    private final InstantSource clock;

    /** When each edit is forgotten; the inner maps are never changed. */
    private final Map<Key, Map<Edit, Instant>> learned = new ConcurrentHashMap<>();

    public LearnedLimits(InstantSource clock) {
        this.clock = clock;
    }

    /** The table's edits, and what was learned since; where both speak, the later is right. */
    Set<Edit> addTo(Set<Edit> table, String backend, String model) {
        var known = learned.get(new Key(backend, model));
        if (known == null) {
            return table;
        }
        var now = clock.instant();
        var all = new LinkedHashSet<>(table);
        known.forEach(
                (edit, until) -> {
                    if (now.isBefore(until)) {
                        all.removeIf(other -> contradict(edit, other));
                        all.add(edit);
                    }
                });
        return all;
    }

    /** Remembers a refusal. */
    void learn(String backend, String model, List<Edit> edits) {
        var key = new Key(backend, model);
        if (learned.size() >= MOST_MODELS && !learned.containsKey(key)) {
            learned.clear();
        }
        learned.compute(key, (_, known) -> with(edits, known == null ? Map.of() : known));
    }

    private Map<Edit, Instant> with(List<Edit> edits, Map<Edit, Instant> known) {
        var now = clock.instant();
        var kept = new LinkedHashMap<Edit, Instant>();
        known.forEach(
                (edit, until) -> {
                    if (now.isBefore(until) && edits.stream().noneMatch(e -> contradict(e, edit))) {
                        kept.put(edit, until);
                    }
                });
        edits.forEach(edit -> kept.put(edit, now.plus(REMEMBERED)));
        var oldestFirst = new ArrayList<>(kept.keySet());
        oldestFirst
                .subList(0, Math.max(0, oldestFirst.size() - MOST_PER_MODEL))
                .forEach(kept::remove);
        return kept;
    }

    private static boolean contradict(Edit one, Edit other) {
        return (one instanceof Edit.Adapt adapt && adapt.contradicts(other))
                || (one instanceof Edit.CapMaxTokens
                        && other instanceof Edit.CapMaxTokens
                        && !one.equals(other));
    }
}
