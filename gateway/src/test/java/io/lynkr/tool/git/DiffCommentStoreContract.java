package io.lynkr.tool.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** What every store of comments does. */
public abstract class DiffCommentStoreContract {
    /** An empty store. */
    protected abstract DiffCommentStore store();

    @Test
    void keepsThreadsInTheirOrder() throws IOException {
        var store = store();
        var one = store.add(comment("t1", "first"));
        var other = store.add(comment("t2", "ünrelated"));
        var two = store.add(comment("t1", "second"));

        assertThat(store.list(Optional.empty(), 9)).containsExactly(one, other, two);
        assertThat(store.list(Optional.of("t1"), 9)).containsExactly(one, two);
        assertThat(store.list(Optional.of("t1"), 1)).containsExactly(one);
        assertThat(one).isEqualTo(comment("t1", "first").withId(one.id()));
    }

    @Test
    void deletesOne() throws IOException {
        var store = store();
        long id = store.add(comment("t1", "first")).id();

        assertThat(store.delete(id)).isTrue();
        assertThat(store.delete(id)).isFalse();
        assertThat(store.list(Optional.empty(), 9)).isEmpty();
    }

    private static DiffComment comment(String thread, String text) {
        return new DiffComment(
                0,
                thread,
                Optional.of("s1"),
                "a b.txt",
                3,
                "@@ -1 +1 @@",
                JsonObject.of("text", "x"),
                text,
                "me",
                Instant.ofEpochMilli(1_790_000_000_123L));
    }
}
