package io.lynkr.observability;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;

import org.slf4j.event.KeyValuePair;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes log lines off the threads that make them and writes them on one of its own. When nobody
 * reads its output the queue fills, and then lines are dropped and counted: a request never waits
 * for the log. Warnings may use a part of the queue that the rest may not.
 */
final class LogQueue extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final int BATCH = 256;

    /**
     * Lines that come meanwhile need not wake the writer, which costs a request more than all else
     * about its line.
     */
    private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final LogFormat format;
    private final Redactor redactor;
    private final OutputStream out;
    private final ArrayBlockingQueue<LogLine> queue;
    private final int reserved;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer = Thread.ofPlatform().daemon().name("log").unstarted(this::run);

    // Whether the writer hangs in a write that nobody takes, though it was told to stop.
    private volatile boolean stuck;

    // Guarded by this, which is held while writing.
    private long droppedReported;

    LogQueue(LogFormat format, Redactor redactor, OutputStream out, int capacity) {
        this.format = format;
        this.redactor = redactor;
        this.out = out;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.reserved = capacity / 8;
    }

    @Override
    public void start() {
        super.start();
        writer.start();
    }

    // Overridden to leave out the base's guard against re-entry, a thread-local per virtual thread.
    @Override
    public void doAppend(ILoggingEvent event) {
        append(event);
    }

    @Override
    protected void append(ILoggingEvent event) {
        var line = LogLine.of(event);
        if (!isStarted()) {
            writeAtOnce(line);
            return;
        }
        boolean precious = event.getLevel().isGreaterOrEqual(Level.WARN);
        if ((precious || queue.remainingCapacity() > reserved) && queue.offer(line)) {
            accepted.incrementAndGet();
        } else {
            dropped.incrementAndGet();
        }
    }

    private void writeAtOnce(LogLine line) {
        if (stuck) {
            dropped.incrementAndGet();
        } else {
            write(List.of(line));
        }
    }

    /** Lines thrown away so far. */
    long dropped() {
        return dropped.get();
    }

    private void run() {
        var batch = new ArrayList<LogLine>(BATCH);
        try {
            while (true) {
                batch.add(queue.take());
                do {
                    queue.drainTo(batch, BATCH - batch.size());
                    write(batch);
                    batch.clear();
                } while (!queue.isEmpty());
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (InterruptedException stopped) {
            queue.drainTo(batch);
            write(batch);
        }
    }

    private synchronized void write(List<LogLine> lines) {
        var text = new StringBuilder(512 * lines.size());
        for (var line : lines) {
            text.append(rendered(line));
        }
        reportDropped(text);
        try {
            out.write(text.toString().getBytes(UTF_8));
            out.flush();
        } catch (IOException nobodyReads) {
            // Whom should it be told to? The count tells it to the metrics.
            dropped.addAndGet(lines.size());
            droppedReported = dropped.get();
        }
        written.addAndGet(lines.size());
    }

    private String rendered(LogLine line) {
        var text = new StringBuilder(512);
        try {
            format.write(line, redactor, text);
        } catch (RuntimeException unprintable) {
            // The edge of the log's thread: a value whose toString fails must not end it.
            dropped.incrementAndGet();
            return "";
        }
        return redactor.redact(text.toString());
    }

    private void reportDropped(StringBuilder text) {
        long missing = dropped.get() - droppedReported;
        if (missing > 0) {
            droppedReported += missing;
            var notice = new LoggingEvent();
            notice.setInstant(Instant.now());
            notice.setLevel(Level.WARN);
            notice.setLoggerName(LogQueue.class.getName());
            notice.setMessage("log lines were dropped, since nobody took them off fast enough");
            notice.addKeyValuePair(new KeyValuePair("lines", missing));
            format.write(new LogLine(notice, ""), redactor, text);
        }
    }

    /** Waits until what was logged before is written, but not longer than this. */
    void flush(Duration patience) {
        long target = accepted.get();
        long end = System.nanoTime() + patience.toNanos();
        while (written.get() < target
                && System.nanoTime() < end
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Writes what is left; what comes later is written at once. */
    @Override
    public void stop() {
        if (!isStarted()) {
            return;
        }
        super.stop();
        writer.interrupt();
        try {
            stuck = !writer.join(PATIENCE);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
