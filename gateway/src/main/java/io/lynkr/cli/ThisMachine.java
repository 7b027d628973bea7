package io.lynkr.cli;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The machine that this process runs on. */
public final class ThisMachine implements Machine {
    private static final int SECONDS_FOR_AN_ANSWER = 10;
    private static final int SECONDS_TO_END = 5;

    private final Map<String, String> environment;

    public ThisMachine(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Optional<Path> find(String program) {
        var path = environment.getOrDefault("PATH", environment.getOrDefault("Path", ""));
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> spellings(program).map(name -> Path.of(folder, name)))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private static Stream<String> spellings(String program) {
        boolean windows = File.separatorChar == '\\';
        return windows ? Stream.of(program + ".exe", program + ".cmd") : Stream.of(program);
    }

    @Override
    public int runInForeground(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        beforeEnd(() -> end(process));
        return process.waitFor();
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurry) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Optional<String> output(List<String> command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS_FOR_AN_ANSWER, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.exitValue() == 0 ? Optional.of(text.strip()) : Optional.empty();
        } catch (IOException noSuchProgram) {
            return Optional.empty();
        }
    }

    @Override
    public boolean isPortFree(String host, int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    @Override
    public void whenToldToEnd(Runnable action) {
        beforeEnd(action);
        for (var name : List.of("TERM", "INT")) {
            Signals.handle(name, action);
        }
    }

    @Override
    public void beforeEnd(Runnable action) {
        Runtime.getRuntime().addShutdownHook(new Thread(action, "before-end"));
    }
}
