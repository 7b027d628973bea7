package io.lynkr.session;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * Keeps turns on a thread of its own, in the order in which they came, several in one write. What
 * it cannot take any more is dropped and counted: no client ever waits for the disk.
 */
public final class TranscriptWriter implements Transcripts, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TranscriptWriter.class);
    private static final int MOST_TURNS = 1_000;
    private static final int MOST_AT_ONCE = 64;
    private static final Duration BETWEEN_CLEANINGS = Duration.ofMinutes(10);
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(5);

    private final SessionStore store;
    private final TranscriptSettings settings;
    private final UnaryOperator<String> mask;
    private final Listener listener;
    private final Clock clock;
    private final long mostBytes;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // All guarded by lock.
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private long waitingBytes;
    private long taken;
    private long done; // written by the thread only, which may read it freely
    private boolean closed;

    // Used by the thread only.
    private Instant cleanedAt = Instant.EPOCH;
    private boolean failing;

    private record Waiting(Draft draft, Instant endedAt) {}

    /** Hears what became of turns; must not block. */
    public interface Listener {
        /** So many are safe. */
        void kept(int turns);

        /**
         * So many are lost.
         *
         * @param reason {@code full}, {@code unreadable} or {@code failed}
         */
        void lost(String reason, int turns);
    }

    /**
     * Starts the thread.
     *
     * @param mask takes the secrets out of a text
     * @param mostBytes that turns may hold in memory before they are written
     */
    public TranscriptWriter(
            SessionStore store,
            TranscriptSettings settings,
            UnaryOperator<String> mask,
            Listener listener,
            Clock clock,
            long mostBytes) {
        this.store = store;
        this.settings = settings;
        this.mask = mask;
        this.listener = listener;
        this.clock = clock;
        this.mostBytes = mostBytes;
        this.thread = Thread.ofPlatform().daemon().name("transcripts").start(this::work);
    }

    @Override
    public boolean keep(Session session) {
        return settings.enabled() && session.id().isPresent();
    }

    @Override
    public void add(Draft draft) {
        if (!enqueue(draft)) {
            listener.lost("full", 1);
            LOG.warn("a turn is missing in its transcript: too many wait to be written");
        }
    }

    private boolean enqueue(Draft draft) {
        lock.lock();
        try {
            if (closed || queue.size() >= MOST_TURNS || waitingBytes + draft.bytes() > mostBytes) {
                return false;
            }
            queue.add(new Waiting(draft, clock.instant()));
            waitingBytes += draft.bytes();
            taken++;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until everything that was taken before this call is safe or lost.
     *
     * @return whether that happened in time
     */
    public boolean flush(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long target = taken;
            long left = patience.toNanos();
            while (done < target) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        try {
            for (var batch = next(); !batch.isEmpty(); batch = next()) {
                write(batch);
                settle(batch);
                clean();
            }
        } catch (InterruptedException stopped) {
            LOG.warn("turns that waited are missing in their transcripts: the gateway ended");
        }
    }

    /** Waits for turns; none when there will be no more. */
    private List<Waiting> next() throws InterruptedException {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                if (!changed.await(BETWEEN_CLEANINGS.toMillis(), TimeUnit.MILLISECONDS)) {
                    lock.unlock();
                    try {
                        clean();
                    } finally {
                        lock.lock();
                    }
                }
            }
            var batch = new ArrayList<Waiting>();
            while (!queue.isEmpty() && batch.size() < MOST_AT_ONCE) {
                batch.add(queue.remove());
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void write(List<Waiting> batch) {
        var turns = batch.stream().map(this::read).flatMap(Optional::stream).toList();
        if (turns.isEmpty()) {
            return;
        }
        try {
            store.append(turns);
            listener.kept(turns.size());
            failing = false;
        } catch (IOException | RuntimeException e) {
            listener.lost("failed", turns.size());
            if (!failing) {
                failing = true;
                LOG.error("turns are missing in their transcripts from now on", e);
            }
        }
    }

    /** Whatever is odd about one turn must not cost the others. */
    private Optional<SessionTurn> read(Waiting waiting) {
        try {
            return Optional.of(waiting.draft.turn().apply(waiting.endedAt).mapTexts(mask));
        } catch (RuntimeException | StackOverflowError odd) {
            listener.lost("unreadable", 1);
            LOG.warn("a turn is missing in its transcript: it cannot be read", odd);
            return Optional.empty();
        }
    }

    private void settle(List<Waiting> batch) {
        lock.lock();
        try {
            done += batch.size();
            for (var waiting : batch) {
                waitingBytes -= waiting.draft.bytes();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void clean() {
        var now = clock.instant();
        if (done == 0 || Duration.between(cleanedAt, now).compareTo(BETWEEN_CLEANINGS) < 0) {
            return;
        }
        cleanedAt = now;
        try {
            int gone = store.forget(settings.oldest(now), settings.mostBytes());
            if (gone > 0) {
                LOG.info("{} turns of sessions were forgotten, as the settings say", gone);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("old turns of sessions could not be forgotten", e);
        }
    }

    /** Writes what waits, unless the disk takes too long. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            if (!thread.join(PATIENCE_AT_THE_END)) {
                thread.interrupt();
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
