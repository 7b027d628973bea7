package io.lynkr.provider.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lynkr.json.JsonObject;
import io.lynkr.message.StreamEvent;
import io.lynkr.provider.EventSink;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.ProviderException.Cause;
import io.lynkr.resilience.Deadline;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How an answer is played. */
@Timeout(20)
class DemoStreamTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Semaphore arrivals = new Semaphore(0);
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    @Test
    void waitsBetweenEventsAndSavesUpPausesThatAreTooShort() throws Exception {
        var pauses = new ArrayList<Duration>();
        Pace pace = (time, _) -> !pauses.add(time);
        var stream = stream(pace, HOUR, micros(20_000), micros(400), micros(400), micros(400));

        stream.pushTo(new OpenSink());

        assertThat(seen).hasSize(4);
        assertThat(pauses).containsExactly(Duration.ofMillis(20), Duration.ofNanos(1_200_000));
    }

    @Test
    void stopsAtOnceWhenClosed() throws Exception {
        var stream = stream(Pace.REAL, HOUR, Duration.ZERO, Duration.ofMinutes(10));
        var playing = start(stream, new OpenSink());

        awaitSeen(1);
        stream.close();

        var failure = catchThrowable(() -> playing.get(5, TimeUnit.SECONDS)).getCause();
        assertThat(failure)
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.what()).isEqualTo(Cause.CUT));
        assertThat(seen).hasSize(1);
    }

    @Test
    void stopsAtOnceWhenInterrupted() throws Exception {
        var stream = stream(Pace.REAL, HOUR, Duration.ZERO, Duration.ofMinutes(10));
        var playing = new FutureTask<>(() -> push(stream, new OpenSink()));
        var thread = Thread.ofVirtual().start(playing);

        awaitSeen(1);
        thread.interrupt();

        assertThat(catchThrowable(() -> playing.get(5, TimeUnit.SECONDS)))
                .hasCauseInstanceOf(InterruptedException.class);
    }

    @Test
    void waitsWhileTheSinkIsFull() throws Exception {
        var sink = new NarrowSink();
        var playing = start(stream(Pace.REAL, HOUR, Duration.ZERO, Duration.ZERO), sink);

        awaitSeen(1);
        sink.waiting.await();
        assertThat(seen).hasSize(1);
        sink.drain();

        assertThat(playing.get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).hasSize(2);
    }

    @Test
    void stopsWhenClosedWhileTheSinkIsFull() throws Exception {
        var sink = new NarrowSink();
        var stream = stream(Pace.REAL, HOUR, Duration.ZERO, Duration.ZERO);
        var playing = start(stream, sink);

        sink.waiting.await();
        stream.close();

        assertThat(catchThrowable(() -> playing.get(5, TimeUnit.SECONDS)))
                .hasCauseInstanceOf(ProviderException.class);
    }

    @Test
    void endsWithATimeoutWhenTheDeadlineIsOver() {
        var stream = stream((_, _) -> false, Duration.ZERO, Duration.ZERO);

        var failure =
                catchThrowableOfType(ProviderException.class, () -> stream.pushTo(new OpenSink()));

        assertThat(failure.what()).isEqualTo(Cause.TIMEOUT);
    }

    private static Duration micros(long micros) {
        return Duration.ofNanos(micros * 1_000);
    }

    private static DemoStream stream(Pace pace, Duration deadline, Duration... pauses) {
        var beats = new ArrayList<Performance.Beat>();
        for (var pause : pauses) {
            beats.add(new Performance.Beat(pause, JsonObject.of("type", "beat" + beats.size())));
        }
        var performance = new Performance(beats, OptionalInt.empty(), JsonObject.EMPTY);
        return new DemoStream(performance, pace, Deadline.after(deadline));
    }

    private static FutureTask<Boolean> start(DemoStream stream, EventSink sink) {
        var playing = new FutureTask<>(() -> push(stream, sink));
        Thread.ofVirtual().start(playing);
        return playing;
    }

    private static boolean push(DemoStream stream, EventSink sink) throws Exception {
        stream.pushTo(sink);
        return true;
    }

    private void awaitSeen(int count) throws InterruptedException {
        assertThat(arrivals.tryAcquire(count, 10, TimeUnit.SECONDS)).isTrue();
    }

    private class OpenSink implements EventSink {
        @Override
        public void event(StreamEvent event) {
            seen.add(event.name());
            arrivals.release();
        }

        @Override
        public void flush() {}

        @Override
        public boolean isFull() {
            return false;
        }

        @Override
        public void whenWritable(Runnable action) {
            throw new AssertionError("never full");
        }
    }

    /** Has room for one event until it is drained. */
    private final class NarrowSink extends OpenSink {
        private final CountDownLatch waiting = new CountDownLatch(1);
        private volatile boolean drained;
        private volatile Runnable action = () -> {};

        @Override
        public boolean isFull() {
            return !seen.isEmpty() && !drained;
        }

        @Override
        public void whenWritable(Runnable action) {
            this.action = action;
            waiting.countDown();
        }

        private void drain() {
            drained = true;
            action.run();
        }
    }
}
