package io.lynkr.tool.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** What every store of test runs does. */
public abstract class TestRunStoreContract {
    /** An empty store. */
    protected abstract TestRunStore store();

    @Test
    void givesBackWhatItWasGiven() throws IOException {
        var store = store();
        var killed =
                new TestRun(
                        0,
                        "ü",
                        TestRun.TIMED_OUT,
                        "a 'b c'",
                        "sub",
                        OptionalInt.empty(),
                        true,
                        Duration.ofMillis(1_234),
                        "a box",
                        Optional.empty(),
                        "out\n",
                        "",
                        JsonObject.EMPTY,
                        JsonObject.of("t", "failed"),
                        JsonObject.EMPTY,
                        Instant.ofEpochMilli(1_790_000_000_123L));

        var first = store.add(run(TestRun.PASSED));
        var second = store.add(killed);

        assertThat(second.id()).isGreaterThan(first.id());
        assertThat(store.latest(5)).containsExactly(killed.withId(second.id()), first);
        assertThat(store.latest(1)).containsExactly(second);
    }

    @Test
    void countsWhatPassed() throws IOException {
        var store = store();
        store.add(run(TestRun.PASSED));
        store.add(run(TestRun.FAILED));
        store.add(run(TestRun.PASSED));

        assertThat(store.totals()).isEqualTo(new TestRunStore.Totals(3, 2));
    }

    @Test
    void forgetsTheOldest() throws IOException {
        var store = store();
        var oldest = store.add(run(TestRun.FAILED));
        for (int i = 0; i < TestRunStore.MOST_RUNS; i++) {
            store.add(run(TestRun.PASSED));
        }

        assertThat(store.totals().runs()).isEqualTo(TestRunStore.MOST_RUNS);
        assertThat(store.latest(TestRunStore.MOST_RUNS + 1)).doesNotContain(oldest);
    }

    private static TestRun run(String status) {
        return new TestRun(
                0,
                "default",
                status,
                "make check",
                ".",
                OptionalInt.of(1),
                false,
                Duration.ofSeconds(1),
                "none",
                Optional.of("abc"),
                "",
                "",
                JsonObject.of("source", "tap"),
                JsonObject.EMPTY,
                JsonObject.EMPTY,
                Instant.EPOCH);
    }
}
