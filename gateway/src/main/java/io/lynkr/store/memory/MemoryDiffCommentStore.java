package io.lynkr.store.memory;

import io.lynkr.tool.git.DiffComment;
import io.lynkr.tool.git.DiffCommentStore;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Comments in memory. Guarded by itself. */
public final class MemoryDiffCommentStore implements DiffCommentStore {
    private final NavigableMap<Long, DiffComment> comments = new TreeMap<>();
    private long lastId;

    @Override
    public synchronized DiffComment add(DiffComment comment) {
        var kept = comment.withId(++lastId);
        comments.put(lastId, kept);
        return kept;
    }

    @Override
    public synchronized List<DiffComment> list(Optional<String> thread, int most) {
        return comments.values().stream()
                .filter(comment -> thread.map(comment.thread()::equals).orElse(true))
                .limit(most)
                .toList();
    }

    @Override
    public synchronized boolean delete(long id) {
        return comments.remove(id) != null;
    }
}
