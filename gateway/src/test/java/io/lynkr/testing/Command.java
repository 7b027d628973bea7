package io.lynkr.testing;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end with an environment that holds only what is said here and PATH. */
final class Command {
    record Run(int exitCode, String stdout, String stderr, Duration took, boolean timedOut) {}

    private static final File NOTHING = new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");

    private final List<String> words;
    private final Map<String, String> environment = new HashMap<>();
    private Path folder = Path.of("").toAbsolutePath();
    private Duration limit = Duration.ofSeconds(60);

    private Command(List<String> words) {
        this.words = List.copyOf(words);
        for (var name : List.of("PATH", "HOME", "TMPDIR", "SystemRoot")) {
            var value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
    }

    static Command of(List<String> words) {
        return new Command(words);
    }

    Command environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Command environment(Map<String, String> more) {
        environment.putAll(more);
        return this;
    }

    Command in(Path newFolder) {
        folder = newFolder;
        return this;
    }

    Command within(Duration newLimit) {
        limit = newLimit;
        return this;
    }

    Run run() {
        long start = System.nanoTime();
        var process = start();
        var stdout = drain(process.getInputStream());
        var stderr = drain(process.getErrorStream());
        try {
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                killTree(process);
                process.waitFor();
            }
            var took = Duration.ofNanos(System.nanoTime() - start);
            return new Run(process.exitValue(), stdout.join(), stderr.join(), took, !ended);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while running " + words, e);
        } finally {
            killTree(process);
        }
    }

    private Process start() {
        var builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(NOTHING));
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void killTree(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static CompletableFuture<String> drain(InputStream stream) {
        var text = new CompletableFuture<String>();
        Thread.ofVirtual()
                .name("drain")
                .start(
                        () -> {
                            try (stream) {
                                var bytes = stream.readAllBytes();
                                text.complete(new String(bytes, StandardCharsets.UTF_8));
                            } catch (IOException e) {
                                text.completeExceptionally(e);
                            }
                        });
        return text;
    }
}
