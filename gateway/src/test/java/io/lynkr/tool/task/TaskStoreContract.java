package io.lynkr.tool.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.json.JsonObject;
import io.lynkr.tool.task.TaskStore.Order;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** What every store of tasks does. */
public abstract class TaskStoreContract {
    private static final Instant NOW = Instant.ofEpochMilli(1_790_000_000_123L);

    /** An empty store. */
    protected abstract TaskStore store();

    @Test
    void givesBackWhatItWasGiven() throws IOException {
        var store = store();
        var task = task("Fix größe", "todo", 3, 0);

        var kept = store.add(task);

        assertThat(kept).isEqualTo(task.withId(kept.id()));
        assertThat(store.find(kept.id())).contains(kept);
        assertThat(store.find(kept.id() + 1)).isEmpty();
    }

    @Test
    void changesOneTask() throws IOException {
        var store = store();
        long other = store.add(task("other", "todo", 0, 0)).id();
        long id = store.add(task("one", "todo", 0, 0)).id();

        var changed = store.update(id, before -> task(before.title() + "!", "done", 9, 5));

        assertThat(changed).contains(task("one!", "done", 9, 5).withId(id));
        assertThat(store.find(id)).isEqualTo(changed);
        assertThat(store.find(other).orElseThrow().title()).isEqualTo("other");
        assertThat(store.update(99, task -> task)).isEmpty();
    }

    @Test
    void deletesAndNeverReusesAnId() throws IOException {
        var store = store();
        long id = store.add(task("one", "todo", 0, 0)).id();

        assertThat(store.delete(id)).isTrue();
        assertThat(store.delete(id)).isFalse();
        assertThat(store.find(id)).isEmpty();
        assertThat(store.add(task("two", "todo", 0, 0)).id()).isGreaterThan(id);
    }

    @Test
    void listsByOrder() throws IOException {
        var store = store();
        store.add(task("a", "todo", 1, 30));
        store.add(task("b", "done", 5, 10));
        store.add(task("c", "todo", 5, 20));

        assertThat(titles(store, query(Order.CREATED))).containsExactly("c", "b", "a");
        assertThat(titles(store, query(Order.UPDATED))).containsExactly("a", "c", "b");
        assertThat(titles(store, query(Order.PRIORITY))).containsExactly("c", "b", "a");
        assertThat(titles(store, query(Order.STATUS))).containsExactly("b", "c", "a");
    }

    @Test
    void listsWhatIsAskedFor() throws IOException {
        var store = store();
        store.add(task("Ärger mit 100%", "todo", 0, 0));
        store.add(task("freude", "done", 0, 0));
        store.add(task("ärger_2", "done", 0, 0));

        assertThat(found(store, "done", "", "", 10)).containsExactly("ärger_2", "freude");
        assertThat(found(store, "", "", "ÄRGER", 10)).containsExactly("ärger_2", "Ärger mit 100%");
        assertThat(found(store, "", "", "%", 10)).containsExactly("Ärger mit 100%");
        assertThat(found(store, "", "", "_", 10)).containsExactly("ärger_2");
        assertThat(found(store, "", "src/A.java", "", 10)).hasSize(3);
        assertThat(found(store, "", "src/B.java", "", 10)).isEmpty();
        assertThat(found(store, "", "", "", 1)).containsExactly("ärger_2");
        assertThat(store.list(search("", "", "", 1)).total()).isEqualTo(3);
    }

    @Test
    void losesNoChangeOfManyAtOnce() throws Exception {
        var store = store();
        long id = store.add(task("counter", "todo", 0, 0)).id();
        Callable<Optional<Task>> addOne =
                () -> store.update(id, task -> task("counter", "todo", task.priority() + 1, 0));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var each :
                    threads.invokeAll(IntStream.range(0, 50).mapToObj(_ -> addOne).toList())) {
                each.get();
            }
        }

        assertThat(store.find(id).orElseThrow().priority()).isEqualTo(50);
    }

    private static Task task(String title, String status, int priority, int secondsLater) {
        return new Task(
                0,
                title,
                status,
                priority,
                List.of("a b", "c,d"),
                Optional.of("src/A.java"),
                NOW,
                NOW.plusSeconds(secondsLater),
                Optional.of("s1"),
                Optional.empty(),
                JsonObject.of("note", "ü"));
    }

    private static TaskStore.Query query(Order order) {
        return new TaskStore.Query(Optional.empty(), Optional.empty(), Optional.empty(), order, 10);
    }

    private static TaskStore.Query search(String status, String file, String text, int most) {
        return new TaskStore.Query(given(status), given(file), given(text), Order.CREATED, most);
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(it -> !it.isEmpty());
    }

    private static List<String> found(
            TaskStore store, String status, String file, String text, int most) throws IOException {
        return titles(store, search(status, file, text, most));
    }

    private static List<String> titles(TaskStore store, TaskStore.Query query) throws IOException {
        return store.list(query).tasks().stream().map(Task::title).toList();
    }
}
