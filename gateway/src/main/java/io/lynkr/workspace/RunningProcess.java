package io.lynkr.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A program that runs until it is told to end, with everything it started. */
public final class RunningProcess {
    private static final int FORCED_SECONDS = 5;

    private final Process process;
    private final ProcessFamily family;
    private final Runnable afterwards;
    private final AtomicBoolean ended = new AtomicBoolean();

    RunningProcess(Process process, ProcessFamily family, Runnable afterwards) {
        this.process = process;
        this.family = family;
        this.afterwards = afterwards;
    }

    /** What it reads. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /** What it says. */
    public InputStream output() {
        return process.getInputStream();
    }

    /** What it complains about. */
    public InputStream errors() {
        return process.getErrorStream();
    }

    public long pid() {
        return process.pid();
    }

    /** How it ended; empty while it runs. */
    public OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** How much memory it and its children hold, in bytes. */
    public long memory() {
        return family.look().bytes();
    }

    /**
     * Ends it: closes its input, asks it to end, kills whatever is left, each after waiting so
     * long. Returns when nothing of it is alive; a second call does nothing.
     */
    public void end(Duration patience) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        family.look(); // before it dies and its children lose their parent
        // On a thread of its own: closing waits for a write that a program does not read.
        Thread.ofPlatform().daemon().name("process-input").start(this::closeInput);
        if (!waits(patience)) {
            family.askToEnd();
            waits(patience);
        }
        family.kill();
        waits(Duration.ofSeconds(FORCED_SECONDS));
        closeQuietly(process.getInputStream());
        closeQuietly(process.getErrorStream());
        afterwards.run();
    }

    private void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException goneAlready) {
            // then it needs not be told
        }
    }

    private boolean waits(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    private static void closeQuietly(InputStream stream) {
        try {
            stream.close();
        } catch (IOException closed) {
            // it is
        }
    }
}
