package io.lynkr.app;

import io.lynkr.agent.CachingProvider;
import io.lynkr.cache.CacheSettings;
import io.lynkr.cache.ResponseCache;
import io.lynkr.observability.Metrics;
import io.lynkr.provider.Provider;
import io.lynkr.store.memory.MemoryResponseStore;

/** Puts the response cache around a provider, if there is to be one. */
final class AnswerCache {
    private AnswerCache() {}

    static Provider around(Provider provider, CacheSettings settings, Metrics metrics) {
        if (!settings.enabled()) {
            return provider;
        }
        var store =
                new MemoryResponseStore(
                        settings.maxEntries(), settings.maxBytes(), System::nanoTime);
        metrics.withResponseCache(store::entries, store::bytes);
        return new CachingProvider(provider, new ResponseCache(store, settings), metrics);
    }
}
