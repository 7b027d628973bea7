package io.lynkr.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Knows the processes of one test apart from all others, by a number in their command lines, and
 * when they are gone.
 */
public final class ProcessWatch {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String mark = "37" + ThreadLocalRandom.current().nextInt(10_000_000, 100_000_000);

    /** For the command lines: seconds to sleep, for example. */
    public String mark() {
        return mark;
    }

    /** Those that are alive now. */
    public List<ProcessHandle> alive() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(mark))
                .toList();
    }

    /** Waits for the end of all of them. */
    public void awaitEnd() {
        var ends = alive().stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(ends).orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    /**
     * A pipe: who reads it waits for who writes it, so that a test and a program can wait for each
     * other.
     */
    public static Path pipe(Path path) {
        var made = Command.of(List.of("mkfifo", path.toString())).run();
        if (made.exitCode() != 0) {
            throw new AssertionError("mkfifo: " + made.stderr());
        }
        return path;
    }

    /** Waits until a program writes a line into the pipe. */
    public static String read(Path pipe) {
        return CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return Files.readString(pipe);
                            } catch (IOException broken) {
                                throw new UncheckedIOException(broken);
                            }
                        },
                        Thread::startVirtualThread)
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
