package io.lynkr.store.memory;

import io.lynkr.tool.task.Task;
import io.lynkr.tool.task.TaskStore;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Tasks in memory. Guarded by itself. */
public final class MemoryTaskStore implements TaskStore {
    private final Map<Long, Task> tasks = new TreeMap<>();
    private long lastId;

    @Override
    public synchronized Task add(Task task) {
        var kept = task.withId(++lastId);
        tasks.put(lastId, kept);
        return kept;
    }

    @Override
    public synchronized Optional<Task> find(long id) {
        return Optional.ofNullable(tasks.get(id));
    }

    @Override
    public synchronized Optional<Task> update(long id, UnaryOperator<Task> change) {
        var changed = find(id).map(change).map(task -> task.withId(id));
        changed.ifPresent(task -> tasks.put(id, task));
        return changed;
    }

    @Override
    public synchronized boolean delete(long id) {
        return tasks.remove(id) != null;
    }

    @Override
    public synchronized Found list(Query query) {
        var wanted = tasks.values().stream().filter(task -> isWanted(task, query)).toList();
        var first = wanted.stream().sorted(order(query.order())).limit(query.most()).toList();
        return new Found(first, wanted.size());
    }

    private static boolean isWanted(Task task, Query query) {
        return query.status().map(task.status()::equals).orElse(true)
                && (query.linkedFile().isEmpty() || query.linkedFile().equals(task.linkedFile()))
                && query.search().map(text -> holds(task.title(), text)).orElse(true);
    }

    private static boolean holds(String title, String search) {
        return title.toLowerCase(Locale.ROOT).contains(search.toLowerCase(Locale.ROOT));
    }

    private static Comparator<Task> order(Order order) {
        var newestFirst = Comparator.comparingLong(Task::id).reversed();
        return switch (order) {
            case STATUS -> Comparator.comparing(Task::status).thenComparing(newestFirst);
            case PRIORITY ->
                    Comparator.comparingInt(Task::priority).reversed().thenComparing(newestFirst);
            case UPDATED ->
                    Comparator.comparing(Task::updatedAt).reversed().thenComparing(newestFirst);
            case CREATED -> newestFirst;
        };
    }
}
