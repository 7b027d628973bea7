package io.lynkr.cache;

import java.time.Duration;
import java.util.Optional;

/**
 * Where answers are kept. It may forget any of them at any time, and never gives one that is older
 * than its time. Safe for many threads; a shared one may be slow or fail, which it keeps to itself
 * as if it had found nothing.
 */
public interface ResponseStore {

    Optional<CachedAnswer> find(CacheKey key);

    /** Keeps an answer, in the place of an older one; its time begins now. */
    void put(CacheKey key, CachedAnswer answer, Duration timeToLive);
}
