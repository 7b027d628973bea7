package io.lynkr.store.memory;

import io.lynkr.tool.edit.Edit;
import io.lynkr.tool.edit.EditStore;
import io.lynkr.tool.edit.Versions;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Edits in memory. Guarded by itself. */
public final class MemoryEditStore implements EditStore {
    private record Kept(Edit edit, Versions versions) {}

    private final NavigableMap<Long, Kept> edits = new TreeMap<>();
    private long lastId;
    private long bytes;

    @Override
    public synchronized Edit add(Edit edit, Versions versions) {
        var kept = new Kept(edit.withId(++lastId), versions);
        edits.put(lastId, kept);
        bytes += versions.size();
        while (edits.size() > 1 && (edits.size() > MOST_EDITS || bytes > MOST_BYTES)) {
            bytes -= edits.pollFirstEntry().getValue().versions().size();
        }
        return kept.edit();
    }

    @Override
    public synchronized Optional<Edit> find(long id) {
        return Optional.ofNullable(edits.get(id)).map(Kept::edit);
    }

    @Override
    public synchronized Optional<Versions> versions(long id) {
        return Optional.ofNullable(edits.get(id)).map(Kept::versions);
    }

    @Override
    public synchronized List<Edit> latest(Filter filter, int most) {
        return edits.descendingMap().values().stream()
                .map(Kept::edit)
                .filter(edit -> filter.path().map(edit.path()::equals).orElse(true))
                .filter(
                        edit ->
                                filter.session().isEmpty()
                                        || filter.session().equals(edit.session()))
                .limit(most)
                .toList();
    }
}
