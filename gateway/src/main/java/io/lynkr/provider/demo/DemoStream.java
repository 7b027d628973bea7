package io.lynkr.provider.demo;

import io.lynkr.message.ApiError;
import io.lynkr.message.StreamEvent;
import io.lynkr.provider.EventSink;
import io.lynkr.provider.EventStream;
import io.lynkr.provider.ProviderException;
import io.lynkr.provider.ProviderException.Cause;
import io.lynkr.resilience.Deadline;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Plays a performance at its pace, on the thread that asks for it. */
final class DemoStream implements EventStream {
    /** Shorter pauses are saved up: no clock is finer. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);

    private final Performance performance;
    private final Pace pace;
    private final Deadline deadline;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Duration owed = Duration.ZERO;

    DemoStream(Performance performance, Pace pace, Deadline deadline) {
        this.performance = performance;
        this.pace = pace;
        this.deadline = deadline;
    }

    @Override
    public void pushTo(EventSink sink) throws ProviderException, InterruptedException {
        for (var beat : performance.streamed()) {
            pause(beat.pause());
            awaitRoom(sink);
            sink.event(StreamEvent.of(beat.event()));
            sink.flush();
        }
        if (performance.cutAt().isPresent()) {
            throw new ProviderException(
                    Cause.CUT,
                    ApiError.api(502, "the demo model broke its answer off, as it was asked to"));
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void pause(Duration time) throws ProviderException, InterruptedException {
        owed = owed.plus(time);
        if (owed.compareTo(SHORTEST_PAUSE) >= 0) {
            boolean cancelled = pace.pause(deadline.atMost(owed), closed);
            owed = Duration.ZERO;
            stopIf(cancelled);
        }
        stopIf(closed.getCount() == 0);
        if (deadline.isOver()) {
            throw new ProviderException(
                    Cause.TIMEOUT,
                    ApiError.timeout("the demo model took longer than the request may"));
        }
    }

    private void awaitRoom(EventSink sink) throws ProviderException, InterruptedException {
        while (sink.isFull()) {
            var writable = new CountDownLatch(1);
            sink.whenWritable(writable::countDown);
            while (!writable.await(50, TimeUnit.MILLISECONDS)) {
                stopIf(closed.getCount() == 0);
            }
        }
    }

    private static void stopIf(boolean cancelled) throws ProviderException {
        if (cancelled) {
            throw new ProviderException(
                    Cause.CUT, ApiError.api(502, "the answer was closed before its end"));
        }
    }
}
