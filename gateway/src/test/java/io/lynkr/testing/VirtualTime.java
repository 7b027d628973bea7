package io.lynkr.testing;

import io.lynkr.resilience.Sleeper;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * Time that passes only while everybody waits, so that an hour takes as long as what happens in it.
 * Tasks have a thread each, and one of them runs at a time: the same seed gives the same story.
 *
 * <p>Outside tasks it serves as a plain clock that is moved by hand, and waiting moves it.
 */
public final class VirtualTime implements Sleeper {
    /** Twenty minutes before the monotonic clock overflows, which nobody may notice. */
    private static final long ORIGIN = Long.MAX_VALUE - Duration.ofMinutes(20).toNanos();

    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Semaphore controller = new Semaphore(0);
    private final List<Duration> waits = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private long elapsed;
    private long numbers;
    private @Nullable Task running;

    private record Event(long at, long number, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
        }
    }

    /** What a task does; whatever it throws fails the simulation, except an interruption. */
    @FunctionalInterface
    public interface Story {
        void run() throws Exception;
    }

    /** A story on its way. */
    public final class Task {
        private final Semaphore turn = new Semaphore(0);
        private boolean interrupted;
        private @Nullable Wait wait;

        private void begin(Story story) {
            running = this;
            Thread.ofVirtual().start(() -> live(story));
            controller.acquireUninterruptibly();
            running = null;
        }

        private void live(Story story) {
            try {
                story.run();
            } catch (InterruptedException left) {
                // The story of someone who leaves ends here.
            } catch (Throwable failure) {
                failures.add(failure);
            } finally {
                controller.release();
            }
        }

        /** Lets the task go on until it waits again, or ends. */
        private void resume() {
            running = this;
            turn.release();
            controller.acquireUninterruptibly();
            running = null;
        }

        private boolean await(CompletableFuture<?> signal, Duration atMost)
                throws InterruptedException {
            if (!interrupted && !signal.isDone()) {
                var waiting = new Wait(this);
                wait = waiting;
                at(elapsed + atMost.toNanos(), waiting::over);
                var _ = signal.whenComplete((_, _) -> at(elapsed, waiting::over));
                controller.release();
                turn.acquireUninterruptibly();
            }
            if (interrupted) {
                interrupted = false;
                throw new InterruptedException();
            }
            return signal.isDone();
        }

        /**
         * The one behind the task leaves: its next or present waiting ends with an interruption.
         */
        public void interrupt() {
            interrupted = true;
            var waiting = wait;
            if (waiting != null) {
                at(elapsed, waiting::over);
            }
        }
    }

    /** One stretch of waiting, which ends once. */
    private static final class Wait {
        private final Task task;
        private boolean over;

        Wait(Task task) {
            this.task = task;
        }

        void over() {
            if (!over) {
                over = true;
                task.wait = null;
                task.resume();
            }
        }
    }

    /** Starts a task after a time. */
    public Task start(Duration after, Story story) {
        var task = new Task();
        at(elapsed + after.toNanos(), () -> task.begin(story));
        return task;
    }

    /** Does something after a time; it must not wait. */
    public void after(Duration delay, Runnable action) {
        at(elapsed + delay.toNanos(), action);
    }

    private void at(long when, Runnable action) {
        events.add(new Event(when, numbers++, action));
    }

    /** Lets time pass until nothing is left to happen; fails if a task did. */
    public void run() {
        // Virtual threads pass the turn to each other without asking the operating system.
        join(Thread.ofVirtual().start(this::stepToTheEnd));
        if (!failures.isEmpty()) {
            var failure = new AssertionError("a task failed", failures.getFirst());
            failures.stream().skip(1).limit(10).forEach(failure::addSuppressed);
            throw failure;
        }
    }

    private void stepToTheEnd() {
        while (!events.isEmpty()) {
            step();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the simulation was stopped", stopped);
        }
    }

    private void step() {
        var event = events.remove();
        elapsed = Math.max(elapsed, event.at);
        event.action.run();
    }

    /** Moves the clock by hand; what is due meanwhile happens. */
    public void advance(Duration duration) {
        long until = elapsed + duration.toNanos();
        while (!events.isEmpty() && events.element().at <= until) {
            step();
        }
        elapsed = until;
    }

    public void advanceMillis(long millis) {
        advance(Duration.ofMillis(millis));
    }

    @Override
    public boolean await(CompletableFuture<?> signal, Duration atMost) throws InterruptedException {
        var task = running;
        if (task != null) {
            return task.await(signal, atMost);
        }
        waits.add(atMost);
        advance(atMost);
        return signal.isDone();
    }

    /** How long was waited outside tasks, in order. */
    public List<Duration> waits() {
        return List.copyOf(waits);
    }

    public Duration elapsed() {
        return Duration.ofNanos(elapsed);
    }

    /** The monotonic clock. */
    public LongSupplier nanoTime() {
        return () -> ORIGIN + elapsed;
    }

    /** The wall clock. */
    public Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return START.plusNanos(elapsed);
            }
        };
    }
}
