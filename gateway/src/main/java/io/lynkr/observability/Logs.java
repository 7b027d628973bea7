package io.lynkr.observability;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;

import org.slf4j.LoggerFactory;

import java.io.OutputStream;
import java.time.Duration;

/** The log of this process: one stream of lines, written apart from the threads that make them. */
public final class Logs implements AutoCloseable {
    private static final int CAPACITY = 8_192;

    /** Libraries whose own chatter, and at the finest level the bytes they carry, stay out. */
    private static final String[] LIBRARIES = {"io.netty", "io.vertx"};

    private final LogQueue queue;

    private Logs(LogQueue queue) {
        this.queue = queue;
    }

    /** From which weight on lines are written. */
    public enum Threshold {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR,
        OFF
    }

    /**
     * Sends all logging of the process there, and nowhere else.
     *
     * @param out where lines go; may be slow, or hang
     */
    public static Logs start(
            Threshold threshold, LogFormat format, Redactor redactor, OutputStream out) {
        return start(threshold, format, redactor, out, CAPACITY);
    }

    static Logs start(
            Threshold threshold,
            LogFormat format,
            Redactor redactor,
            OutputStream out,
            int capacity) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        var queue = new LogQueue(format, redactor, out, capacity);
        queue.setContext(context);
        queue.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.valueOf(threshold.name()));
        root.addAppender(queue);
        // Broken connections are told with the requests they break; these lines name no request.
        context.getLogger("io.vertx.core.net.impl.ConnectionBase").setLevel(Level.OFF);
        if (threshold.compareTo(Threshold.INFO) < 0) {
            for (var library : LIBRARIES) {
                context.getLogger(library).setLevel(Level.INFO);
            }
        }
        return new Logs(queue);
    }

    /** Lines thrown away so far, because nobody took them off fast enough. */
    public long dropped() {
        return queue.dropped();
    }

    /** The same of whatever takes the process's lines now; 0 if nothing of ours does. */
    public static long droppedByProcess() {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        long dropped = 0;
        var appenders = context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
        while (appenders.hasNext()) {
            if (appenders.next() instanceof LogQueue queue) {
                dropped += queue.dropped();
            }
        }
        return dropped;
    }

    /** Waits until what was logged before is written, but not longer than this. */
    public void flush(Duration patience) {
        queue.flush(patience);
    }

    /** Writes what is left; what is logged later is written at once. */
    @Override
    public void close() {
        queue.stop();
    }
}
