package io.lynkr.cache;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gives answers again, and lets the same question be under way only once: who asks it meanwhile
 * waits for the first one's answer. Safe for many threads.
 */
public final class ResponseCache {
    private final ResponseStore store;
    private final CacheSettings settings;
    private final Map<CacheKey, CompletableFuture<Ending>> underWay = new ConcurrentHashMap<>();

    public ResponseCache(ResponseStore store, CacheSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    /** What a question to the cache comes to. */
    public sealed interface Lookup {

        /**
         * It was answered before, or just now.
         *
         * @param waited whether somebody else's question under way was waited for
         */
        record Hit(CachedAnswer answer, boolean waited) implements Lookup {}

        /** The backend must be asked; the claim must be given up whatever happens. */
        record Miss(Claim claim) implements Lookup {}
    }

    /** How a question under way ended for those who wait for it. */
    private sealed interface Ending {
        record Answered(CachedAnswer answer) implements Ending {}

        /** Each must ask for itself: the answer may not be given again, or there is none. */
        record EachForItself() implements Ending {}

        /** Whoever asked left; the next one may. */
        record Left() implements Ending {}
    }

    /**
     * Looks for an answer; waits if the same question is under way.
     *
     * @param patience how long to wait at most, before the backend is asked a second time
     */
    public Lookup find(CacheKey key, Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        boolean waited = false;
        while (true) {
            var mine = new CompletableFuture<Ending>();
            var other = underWay.putIfAbsent(key, mine);
            if (other == null) {
                // Looked up by the one who claims, so that nobody asks twice in between.
                var kept = store.find(key);
                if (kept.isEmpty()) {
                    return new Lookup.Miss(new Claim(key, mine));
                }
                underWay.remove(key, mine);
                mine.complete(new Ending.Answered(kept.get()));
                return new Lookup.Hit(kept.get(), waited);
            }
            waited = true;
            switch (await(other, until - System.nanoTime())) {
                case Ending.Answered(var answer) -> {
                    return new Lookup.Hit(answer, true);
                }
                case Ending.EachForItself() -> {
                    return new Lookup.Miss(new Claim(key, new CompletableFuture<>()));
                }
                case Ending.Left() -> {}
            }
        }
    }

    private static Ending await(CompletableFuture<Ending> other, long nanos)
            throws InterruptedException {
        try {
            return other.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException impatient) {
            return new Ending.EachForItself();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("claims never end in exceptions", impossible);
        }
    }

    /** The largest answer that is kept, in bytes. */
    public int maxAnswerBytes() {
        return settings.maxAnswerBytes();
    }

    /** Whether the usage of an answer that may be kept says so. */
    public boolean showsCreation() {
        return settings.showsCreation();
    }

    /** The right to ask the backend; only the first of its methods that is called has an effect. */
    public final class Claim {
        private final CacheKey key;
        private final CompletableFuture<Ending> ending;

        private Claim(CacheKey key, CompletableFuture<Ending> ending) {
            this.key = key;
            this.ending = ending;
        }

        /** The answer is complete and may be given again. */
        public void answered(CachedAnswer answer) {
            if (!ending.isDone()) {
                store.put(key, answer, settings.timeToLive());
                end(new Ending.Answered(answer));
            }
        }

        /** The answer may not be given again, or there will be none. */
        public void unusable() {
            end(new Ending.EachForItself());
        }

        /** Nobody waits for the answer any more. */
        public void abandoned() {
            end(new Ending.Left());
        }

        private void end(Ending how) {
            underWay.remove(key, ending);
            ending.complete(how);
        }
    }

    /** How many questions are under way; for tests of what is left behind. */
    int underWay() {
        return underWay.size();
    }
}
