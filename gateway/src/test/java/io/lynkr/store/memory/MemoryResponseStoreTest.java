package io.lynkr.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.cache.CacheKey;
import io.lynkr.cache.ResponseStore;
import io.lynkr.cache.ResponseStoreContract;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

class MemoryResponseStoreTest extends ResponseStoreContract {
    private static final Duration HOUR = Duration.ofHours(1);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

    @Override
    protected ResponseStore store() {
        return store(3, 100_000);
    }

    private MemoryResponseStore store(int entries, long bytes) {
        return new MemoryResponseStore(entries, bytes, nanos::get);
    }

    @Override
    protected void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void forgetsWhatWasAskedForLongestAgo() {
        var store = store(2, 100_000);
        store.put(key(1), answer("1"), HOUR);
        store.put(key(2), answer("2"), HOUR);
        assertThat(store.find(key(1))).isPresent();

        store.put(key(3), answer("3"), HOUR);

        assertThat(store.find(key(1))).isPresent();
        assertThat(store.find(key(2))).isEmpty();
        assertThat(store.find(key(3))).isPresent();
    }

    @Test
    void staysWithinItsBytes() {
        var store = store(1_000, 10_000);

        for (int i = 0; i < 100; i++) {
            store.put(key(i), answer("x".repeat(i * 20)), HOUR);
        }

        assertThat(store.bytes()).isBetween(5_000L, 10_000L);
        assertThat(store.entries()).isBetween(2, 9);
        assertThat(store.find(key(99))).isPresent();
    }

    @Test
    void keepsNothingThatDoesNotFit() {
        var store = store(10, 1_000);
        store.put(key(1), answer("small"), HOUR);

        store.put(key(2), answer("x".repeat(2_000)), HOUR);

        assertThat(store.find(key(2))).isEmpty();
        assertThat(store.find(key(1))).isPresent();
    }

    private static CacheKey key(int number) {
        return new CacheKey("k" + number);
    }
}
