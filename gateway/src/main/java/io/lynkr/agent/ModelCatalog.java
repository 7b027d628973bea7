package io.lynkr.agent;

import io.lynkr.message.ModelInfo;
import io.lynkr.provider.ModelAliases;
import io.lynkr.provider.Provider;
import io.lynkr.provider.ProviderException;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The models that clients may name: those that the configuration names, then the backend's own. */
public final class ModelCatalog {
    private static final long FRESH_NANOS = Duration.ofMinutes(5).toNanos();

    private final Provider provider;
    private final ModelAliases aliases;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private List<ModelInfo> known = List.of();
    private long knownAt = System.nanoTime() - FRESH_NANOS;

    public ModelCatalog(Provider provider, ModelAliases aliases) {
        this.provider = provider;
        this.aliases = aliases;
    }

    /** All models, each once; the backend is asked at most every few minutes. */
    public List<ModelInfo> models() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (System.nanoTime() - knownAt >= FRESH_NANOS) {
                known = ask();
                knownAt = System.nanoTime();
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private List<ModelInfo> ask() throws InterruptedException {
        Map<String, ModelInfo> models = new LinkedHashMap<>();
        for (var id : aliases.names()) {
            models.put(id, new ModelInfo(id));
        }
        try {
            for (var model : provider.models()) {
                models.putIfAbsent(model.id(), model);
            }
        } catch (ProviderException unavailable) {
            // The configured names are an answer too; the next question asks the backend again.
            return List.copyOf(models.values());
        }
        return List.copyOf(models.values());
    }
}
