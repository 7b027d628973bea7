package io.lynkr.workspace;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs to their end. A program that forks, floods, hangs, ignores signals or closes its
 * channels costs no more than its limits allow and leaves nothing behind. An interrupt means "the
 * client left" and ends the run at once.
 */
public final class ProcessRunner implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration GRACE = Duration.ofMillis(300);
    private static final Duration LAST_OUTPUT = Duration.ofMillis(200);
    private static final int LAST_STEP_SECONDS = 10;
    private static final File NOTHING = new File("/dev/null");
    private static final List<Path> SETSID =
            List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

    /**
     * All children are started by one thread that lives as long as the runner: a sandbox that dies
     * with its parent dies with the <em>thread</em> that started it.
     */
    private final ExecutorService starter =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("process-starter").factory());

    /**
     * Runs a program and waits for it.
     *
     * @throws InterruptedException if the client left; by then nothing of the run is alive
     */
    public ProcessResult run(ProcessSpec spec, OutputListener listener)
            throws InterruptedException {
        long start = System.nanoTime();
        var marker = UUID.randomUUID().toString();
        Process process;
        try {
            process = start(spec, marker);
        } catch (IOException e) {
            var reason = e.getMessage() == null ? "it could not be started" : e.getMessage();
            var nothing = new Output("", "", 0);
            return new ProcessResult(
                    new ProcessResult.Ending.NotStarted(reason), nothing, nothing, since(start), 0);
        }
        var family = new ProcessFamily(process, marker);
        try {
            return attend(process, family, spec, listener, start);
        } catch (InterruptedException | RuntimeException e) {
            family.kill();
            throw e;
        } finally {
            close(process);
            afterwards(spec);
        }
    }

    /**
     * Starts a program that goes on until it is told to end; its time and output are not limited.
     *
     * @throws IOException if it cannot be started
     */
    public RunningProcess launch(ProcessSpec spec) throws IOException, InterruptedException {
        var marker = UUID.randomUUID().toString();
        var process = start(spec, marker);
        return new RunningProcess(
                process, new ProcessFamily(process, marker), () -> afterwards(spec));
    }

    @Override
    public void close() {
        starter.shutdown();
    }

    private Process start(ProcessSpec spec, String marker)
            throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(inOwnSession(spec.argv())).directory(spec.folder().toFile());
        builder.environment().clear();
        builder.environment().putAll(spec.environment());
        builder.environment().put(ProcessFamily.MARKER, marker);
        if (spec.input().length == 0 && !spec.talks()) {
            builder.redirectInput(NOTHING);
        }
        var starting = starter.submit(builder::start);
        try {
            return starting.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            abandon(starting);
            throw e;
        }
    }

    /** What was about to start when the client left must not live on. */
    private void abandon(Future<Process> starting) {
        starter.execute(
                () -> {
                    try {
                        starting.get().destroyForcibly();
                    } catch (ExecutionException neverStarted) {
                        // nothing to end
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private static List<String> inOwnSession(List<String> argv) {
        for (var setsid : SETSID) {
            if (Files.isExecutable(setsid)) {
                var words = new ArrayList<String>();
                words.add(setsid.toString());
                words.addAll(argv);
                return words;
            }
        }
        return argv;
    }

    private static ProcessResult attend(
            Process process,
            ProcessFamily family,
            ProcessSpec spec,
            OutputListener listener,
            long start)
            throws InterruptedException {
        var limits = spec.limits();
        var stdout = new Output.Collector(limits.outputBytes());
        var stderr = new Output.Collector(limits.outputBytes());
        feed(process, spec.input());
        var read =
                CompletableFuture.allOf(
                        drain(
                                process.getInputStream(),
                                stdout,
                                OutputListener.Channel.STDOUT,
                                listener),
                        drain(
                                process.getErrorStream(),
                                stderr,
                                OutputListener.Channel.STDERR,
                                listener));

        var ending = await(process, family, limits, start);
        // A child in the background may hold the channels open; it is killed, which closes them.
        settle(read);
        int survivors = family.kill();
        settle(read);
        return new ProcessResult(ending, stdout.output(), stderr.output(), since(start), survivors);
    }

    private static ProcessResult.Ending await(
            Process process, ProcessFamily family, ProcessLimits limits, long start)
            throws InterruptedException {
        while (true) {
            var left = limits.time().minus(since(start));
            if (!left.isPositive()) {
                family.askToEnd();
                family.look();
                process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
                return new ProcessResult.Ending.TimedOut(limits.time());
            }
            var pause = left.compareTo(BETWEEN_LOOKS) < 0 ? left : BETWEEN_LOOKS;
            if (process.waitFor(Math.max(1, pause.toMillis()), TimeUnit.MILLISECONDS)) {
                return new ProcessResult.Ending.Exited(process.exitValue());
            }
            var census = family.look();
            if (limits.processes() > 0 && census.alive() > limits.processes()) {
                return new ProcessResult.Ending.TooGreedy(
                        "more than " + limits.processes() + " processes");
            }
            if (limits.memoryBytes() > 0 && census.bytes() > limits.memoryBytes()) {
                return new ProcessResult.Ending.TooGreedy(
                        "more than %,d bytes of memory".formatted(limits.memoryBytes()));
            }
        }
    }

    private static void settle(CompletableFuture<?> read) throws InterruptedException {
        var settled =
                read.copy().completeOnTimeout(null, LAST_OUTPUT.toMillis(), TimeUnit.MILLISECONDS);
        try {
            settled.get();
        } catch (ExecutionException channelClosed) {
            // what was read until then is what there is
        }
    }

    private static void feed(Process process, byte[] input) {
        if (input.length == 0) {
            return;
        }
        thread(
                "process-input",
                () -> {
                    try (var stdin = process.getOutputStream()) {
                        stdin.write(input);
                    } catch (IOException doesNotRead) {
                        // a program need not read what it is given
                    }
                });
    }

    private static CompletableFuture<?> drain(
            InputStream stream,
            Output.Collector collector,
            OutputListener.Channel channel,
            OutputListener listener) {
        var done = new CompletableFuture<Boolean>();
        thread(
                "process-output",
                () -> {
                    var buffer = new byte[8192];
                    try (stream) {
                        for (int count = stream.read(buffer);
                                count >= 0;
                                count = stream.read(buffer)) {
                            collector.add(buffer, count);
                            tell(listener, channel, Arrays.copyOf(buffer, count));
                        }
                    } catch (IOException closed) {
                        // the end, as good as any
                    } finally {
                        done.complete(true);
                    }
                });
        return done;
    }

    /** A listener's failure must not stop the reading: a full pipe would stop the program. */
    private static void tell(
            OutputListener listener, OutputListener.Channel channel, byte[] bytes) {
        try {
            listener.wrote(channel, bytes);
        } catch (RuntimeException itsOwnProblem) {
            // promised by OutputListener
        }
    }

    private static void thread(String name, Runnable work) {
        Thread.ofPlatform().daemon().name(name).start(work);
    }

    private static void close(Process process) {
        closeQuietly(process.getOutputStream());
        closeQuietly(process.getInputStream());
        closeQuietly(process.getErrorStream());
    }

    /** What lives elsewhere, such as a container, is ended by a program of its own. */
    private static void afterwards(ProcessSpec spec) {
        if (spec.afterwards().isEmpty()) {
            return;
        }
        var builder = new ProcessBuilder(spec.afterwards()).redirectInput(NOTHING);
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(spec.environment());
        try {
            var process = builder.start();
            process.onExit().completeOnTimeout(process, LAST_STEP_SECONDS, TimeUnit.SECONDS).join();
            process.destroyForcibly();
        } catch (IOException notThere) {
            // then there was nothing it could have started either
        }
    }

    private static void closeQuietly(Closeable stream) {
        try {
            stream.close();
        } catch (IOException closed) {
            // it is
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
