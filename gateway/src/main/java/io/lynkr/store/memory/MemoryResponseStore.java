package io.lynkr.store.memory;

import io.lynkr.cache.CacheKey;
import io.lynkr.cache.CachedAnswer;
import io.lynkr.cache.ResponseStore;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Answers in memory, bounded in number and bytes: the one asked for longest ago goes first. Guarded
 * by itself.
 */
public final class MemoryResponseStore implements ResponseStore {
    private record Kept(CachedAnswer answer, long until) {}

    private final int maxEntries;
    private final long maxBytes;
    private final LongSupplier nanoTime;
    private final Map<CacheKey, Kept> byLastUse = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /**
     * @param nanoTime the monotonic clock, in nanoseconds
     */
    public MemoryResponseStore(int maxEntries, long maxBytes, LongSupplier nanoTime) {
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized Optional<CachedAnswer> find(CacheKey key) {
        var kept = byLastUse.get(key);
        if (kept == null) {
            return Optional.empty();
        }
        if (kept.until - nanoTime.getAsLong() <= 0) {
            forget(key);
            return Optional.empty();
        }
        return Optional.of(kept.answer);
    }

    @Override
    public synchronized void put(CacheKey key, CachedAnswer answer, Duration timeToLive) {
        forget(key);
        if (answer.size() > maxBytes) {
            return;
        }
        byLastUse.put(key, new Kept(answer, nanoTime.getAsLong() + timeToLive.toNanos()));
        bytes += answer.size();
        while (byLastUse.size() > maxEntries || bytes > maxBytes) {
            forget(byLastUse.keySet().iterator().next());
        }
    }

    private void forget(CacheKey key) {
        var kept = byLastUse.remove(key);
        if (kept != null) {
            bytes -= kept.answer.size();
        }
    }

    /** How many answers are kept, the outdated ones included. */
    public synchronized int entries() {
        return byLastUse.size();
    }

    /** What they fill. */
    public synchronized long bytes() {
        return bytes;
    }
}
