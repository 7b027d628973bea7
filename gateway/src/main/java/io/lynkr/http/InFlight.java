package io.lynkr.http;

import io.lynkr.message.ApiError;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The requests that came in and are not answered yet: how many, how large, and how to end them
 * before their time. Safe for many threads.
 */
final class InFlight {

    // Guarded by this. The youngest is the last.
    private final SequencedSet<Entry> entries = new LinkedHashSet<>();
    private final List<CompletableFuture<Void>> waitForIdle = new ArrayList<>();
    private long bytes;

    /** A request has come in. */
    synchronized Entry enter() {
        var entry = new Entry();
        entries.addLast(entry);
        return entry;
    }

    synchronized int count() {
        return entries.size();
    }

    /** The sizes of all bodies, also of those that are still to come. */
    synchronized long bytes() {
        return bytes;
    }

    /** Completes the next time that no request is there: at once if there is none. */
    synchronized CompletableFuture<Void> idle() {
        if (entries.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        var idle = new CompletableFuture<Void>();
        waitForIdle.add(idle);
        return idle;
    }

    /** Ends all requests with an error. */
    void cutAll(ApiError why) {
        cutYoungest(Integer.MAX_VALUE, why);
    }

    /** Ends those requests with an error that came last: they have the least to lose. */
    void cutYoungest(int most, ApiError why) {
        for (var cut : youngest(most)) {
            cut.accept(why);
        }
    }

    private synchronized List<Consumer<ApiError>> youngest(int most) {
        var cuts = new ArrayList<Consumer<ApiError>>();
        for (var entry : entries.reversed()) {
            var cut = entry.cut;
            if (cut != null && cuts.size() < most) {
                cuts.add(cut);
                entry.cut = null;
            }
        }
        return cuts;
    }

    /** One request, until it is closed. */
    final class Entry implements AutoCloseable {
        // Guarded by the requests.
        private long size;
        private @Nullable Consumer<ApiError> cut;

        private Entry() {}

        /** Its body has at least this size. */
        void grownTo(long atLeast) {
            synchronized (InFlight.this) {
                if (atLeast > size && entries.contains(this)) {
                    bytes += atLeast - size;
                    size = atLeast;
                }
            }
        }

        /** From now on the request can be ended early, once, in this way. */
        void cutBy(Consumer<ApiError> how) {
            synchronized (InFlight.this) {
                cut = how;
            }
        }

        @Override
        public void close() {
            List<CompletableFuture<Void>> told = List.of();
            synchronized (InFlight.this) {
                if (entries.remove(this)) {
                    bytes -= size;
                    if (entries.isEmpty()) {
                        told = List.copyOf(waitForIdle);
                        waitForIdle.clear();
                    }
                }
            }
            told.forEach(idle -> idle.complete(null));
        }
    }
}
