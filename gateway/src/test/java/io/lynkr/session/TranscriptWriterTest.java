package io.lynkr.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

@Timeout(30)
class TranscriptWriterTest {
    private static final TranscriptSettings ON =
            new TranscriptSettings(true, Duration.ofDays(30), Long.MAX_VALUE);

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final SlowStore store = new SlowStore();
    private final TranscriptWriter writer =
            new TranscriptWriter(
                    store,
                    ON,
                    text -> text.replace("hunter2", "***"),
                    hears(),
                    Clock.systemUTC(),
                    1_000);

    @AfterEach
    void close() {
        store.disk.countDown();
        writer.close();
    }

    @Test
    void neverWaitsForTheDiskAndCountsWhatIsDropped() throws InterruptedException {
        writer.add(draft("first", 10));
        store.arrived.await();

        writer.add(draft("second", 900));
        writer.add(draft("too much", 200));

        assertThat(heard).containsExactly("full 1");
        assertThat(writer.flush(Duration.ofMillis(1))).isFalse();
        store.disk.countDown();
        assertThat(writer.flush(Duration.ofSeconds(10))).isTrue();
        assertThat(store.kept).containsExactly("first", "second");
        assertThat(store.threads).containsOnly("transcripts");
    }

    @Test
    void masksSecretsInEveryText() throws InterruptedException {
        store.disk.countDown();

        writer.add(draft("my password is hunter2", 1));

        assertThat(writer.flush(Duration.ofSeconds(10))).isTrue();
        assertThat(store.kept).containsExactly("my password is ***");
    }

    @Test
    void aTurnThatCannotBeReadCostsNoOther() throws InterruptedException {
        store.disk.countDown();

        writer.add(
                new Transcripts.Draft(
                        1,
                        _ -> {
                            throw new IllegalStateException("odd");
                        }));
        writer.add(draft("good", 1));

        assertThat(writer.flush(Duration.ofSeconds(10))).isTrue();
        assertThat(store.kept).containsExactly("good");
        assertThat(heard).contains("unreadable 1", "kept 1");
    }

    @Test
    void goesOnAfterTheDiskWasFull() throws InterruptedException {
        store.disk.countDown();
        store.full = true;
        writer.add(draft("lost", 1));
        assertThat(writer.flush(Duration.ofSeconds(10))).isTrue();

        store.full = false;
        writer.add(draft("good", 1));

        assertThat(writer.flush(Duration.ofSeconds(10))).isTrue();
        assertThat(store.kept).containsExactly("good");
        assertThat(heard).contains("failed 1", "kept 1");
    }

    @Test
    void writesWhatWaitsWhenItIsClosed() throws InterruptedException {
        writer.add(draft("first", 1));
        store.arrived.await();
        writer.add(draft("second", 1));
        store.disk.countDown();

        writer.close();

        assertThat(store.kept).containsExactly("first", "second");
        writer.add(draft("late", 1));
        assertThat(heard).contains("full 1");
    }

    @Test
    void forgetsAsTheSettingsSay() throws InterruptedException {
        store.disk.countDown();

        writer.add(draft("any", 1));
        writer.flush(Duration.ofSeconds(10));
        writer.close();

        assertThat(store.forgetting).hasSize(1);
        assertThat(store.forgetting.getFirst())
                .isBetween(
                        Instant.now().minus(Duration.ofDays(31)),
                        Instant.now().minus(Duration.ofDays(29)));
    }

    @Test
    void keepsNamedSessionsOnly() {
        assertThat(writer.keep(session(Optional.of("s")))).isTrue();
        assertThat(writer.keep(session(Optional.empty()))).isFalse();
    }

    private static Session session(Optional<String> id) {
        return new Session(id, Optional.empty(), Optional.empty());
    }

    private static Transcripts.Draft draft(String text, long bytes) {
        return new Transcripts.Draft(
                bytes,
                ended ->
                        new SessionTurn(
                                new Talk("", "s", ""),
                                ended,
                                Duration.ZERO,
                                List.of(JsonObject.of("role", "user").with("content", text)),
                                Optional.empty(),
                                JsonObject.EMPTY));
    }

    private TranscriptWriter.Listener hears() {
        return new TranscriptWriter.Listener() {
            @Override
            public void kept(int turns) {
                heard.add("kept " + turns);
            }

            @Override
            public void lost(String reason, int turns) {
                heard.add(reason + " " + turns);
            }
        };
    }

    /** Writes only while its disk lets it. */
    private static final class SlowStore implements SessionStore {
        final CountDownLatch arrived = new CountDownLatch(1);
        final CountDownLatch disk = new CountDownLatch(1);
        final List<String> kept = new CopyOnWriteArrayList<>();
        final List<String> threads = new CopyOnWriteArrayList<>();
        final List<Instant> forgetting = new CopyOnWriteArrayList<>();
        volatile boolean full;

        @Override
        public void append(List<SessionTurn> turns) throws IOException {
            threads.add(Thread.currentThread().getName());
            arrived.countDown();
            try {
                disk.await();
            } catch (InterruptedException stopped) {
                throw new IOException(stopped);
            }
            if (full) {
                throw new IOException("no space left on the disk");
            }
            for (var turn : turns) {
                kept.add(turn.messages().getFirst().string("content").orElseThrow());
            }
        }

        @Override
        public Optional<SessionSummary> find(String owner, String session) {
            return Optional.empty();
        }

        @Override
        public List<SessionSummary> list(int most) {
            return List.of();
        }

        @Override
        public List<KeptTurn> turns(String owner, String session, long after, int most) {
            return List.of();
        }

        @Override
        public boolean delete(String owner, String session) {
            return false;
        }

        @Override
        public int forget(Instant before, long mostBytes) {
            forgetting.add(before);
            return 0;
        }
    }
}
