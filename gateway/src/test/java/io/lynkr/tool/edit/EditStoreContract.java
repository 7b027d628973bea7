package io.lynkr.tool.edit;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** What every store of edits does. */
public abstract class EditStoreContract {
    private static final Instant NOW = Instant.ofEpochMilli(1_790_000_000_123L);

    /** An empty store. */
    protected abstract EditStore store();

    @Test
    void givesBackWhatItWasGiven() throws IOException {
        var store = store();

        var kept = store.add(edit("src/ä.java", "s1"), versions("old", "new"));

        assertThat(kept.id()).isPositive();
        assertThat(store.find(kept.id())).contains(kept);
        assertThat(kept).isEqualTo(edit("src/ä.java", "s1").withId(kept.id()));
        var versions = store.versions(kept.id()).orElseThrow();
        assertThat(versions.before())
                .hasValueSatisfying(it -> assertThat(it).asString().isEqualTo("old"));
        assertThat(versions.after())
                .hasValueSatisfying(it -> assertThat(it).asString().isEqualTo("new"));
    }

    @Test
    void tellsNoFileFromAnEmptyOne() throws IOException {
        var store = store();

        long made =
                store.add(edit("a", "s"), new Versions(Optional.empty(), Optional.of(new byte[0])))
                        .id();
        long deleted =
                store.add(edit("a", "s"), new Versions(Optional.of(new byte[0]), Optional.empty()))
                        .id();

        assertThat(store.versions(made).orElseThrow().before()).isEmpty();
        assertThat(store.versions(made).orElseThrow().after()).isPresent();
        assertThat(store.versions(deleted).orElseThrow().before()).isPresent();
        assertThat(store.versions(deleted).orElseThrow().after()).isEmpty();
    }

    @Test
    void knowsNothingOfOtherIds() throws IOException {
        assertThat(store().find(7)).isEmpty();
        assertThat(store().versions(7)).isEmpty();
    }

    @Test
    void listsTheNewestFirstByFileAndSession() throws IOException {
        var store = store();
        long first = store.add(edit("a", "one"), versions("1", "2")).id();
        long second = store.add(edit("b", "one"), versions("1", "2")).id();
        long third = store.add(edit("a", "two"), versions("2", "3")).id();

        assertThat(ids(store, EditStore.Filter.NONE, 10)).containsExactly(third, second, first);
        assertThat(ids(store, EditStore.Filter.NONE, 2)).containsExactly(third, second);
        assertThat(ids(store, filter("a", ""), 10)).containsExactly(third, first);
        assertThat(ids(store, filter("a", "one"), 10)).containsExactly(first);
        assertThat(ids(store, filter("", "two"), 10)).containsExactly(third);
        assertThat(ids(store, filter("c", ""), 10)).isEmpty();
    }

    @Test
    void forgetsTheOldestBeyondItsLimitAndReusesNoId() throws IOException {
        var store = store();
        long first = store.add(edit("a", "s"), versions("1", "2")).id();
        long last = first;
        for (int i = 0; i < EditStore.MOST_EDITS; i++) {
            last = store.add(edit("a", "s"), versions("1", "2")).id();
        }

        assertThat(store.find(first)).isEmpty();
        assertThat(store.find(first + 1)).isPresent();
        assertThat(last).isEqualTo(first + EditStore.MOST_EDITS);
    }

    @Test
    void takesEditsFromManyAtOnce() throws Exception {
        var store = store();
        Callable<Long> add = () -> store.add(edit("a", "s"), versions("1", "2")).id();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = threads.invokeAll(IntStream.range(0, 50).mapToObj(_ -> add).toList());

            assertThat(all).extracting(each -> each.get()).doesNotHaveDuplicates().hasSize(50);
        }
        assertThat(ids(store, EditStore.Filter.NONE, 100)).hasSize(50);
    }

    private static Edit edit(String path, String session) {
        return new Edit(
                0,
                Optional.of(session),
                path,
                NOW,
                "fs_write",
                "@@ -1 +1 @@\n",
                JsonObject.of("note", "ü"));
    }

    private static Versions versions(String before, String after) {
        return new Versions(
                Optional.of(before.getBytes(UTF_8)), Optional.of(after.getBytes(UTF_8)));
    }

    private static EditStore.Filter filter(String path, String session) {
        return new EditStore.Filter(
                Optional.of(path).filter(text -> !text.isEmpty()),
                Optional.of(session).filter(text -> !text.isEmpty()));
    }

    private static List<Long> ids(EditStore store, EditStore.Filter filter, int most)
            throws IOException {
        return store.latest(filter, most).stream().map(Edit::id).toList();
    }
}
