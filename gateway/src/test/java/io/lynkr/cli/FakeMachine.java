package io.lynkr.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A machine with the programs and ports that a test gives it; it notes what was run. */
final class FakeMachine implements Machine {
    private final Map<String, Path> programs = new HashMap<>();
    private final List<Run> runs = new ArrayList<>();
    private final List<Runnable> endings = new ArrayList<>();
    private Set<Integer> takenPorts = Set.of();
    private int exitCode;

    record Run(List<String> command, Map<String, String> environment) {}

    FakeMachine with(String program) {
        programs.put(program, Path.of("bin", program));
        return this;
    }

    FakeMachine whereProgramsExitWith(int code) {
        exitCode = code;
        return this;
    }

    FakeMachine withTakenPorts(Integer... ports) {
        takenPorts = Set.of(ports);
        return this;
    }

    Run onlyRun() {
        if (runs.size() != 1) {
            throw new AssertionError("expected one run, but there were " + runs);
        }
        return runs.getFirst();
    }

    List<Run> runs() {
        return runs;
    }

    /** The process is told to end. */
    void end() {
        endings.forEach(Runnable::run);
    }

    @Override
    public Optional<Path> find(String program) {
        return Optional.ofNullable(programs.get(program));
    }

    @Override
    public int runInForeground(List<String> command, Map<String, String> environment) {
        runs.add(new Run(List.copyOf(command), Map.copyOf(environment)));
        return exitCode;
    }

    @Override
    public Optional<String> output(List<String> command) {
        return Optional.of("2.1.0 (Claude Code)");
    }

    @Override
    public boolean isPortFree(String host, int port) {
        return !takenPorts.contains(port);
    }

    @Override
    public void whenToldToEnd(Runnable action) {
        endings.add(action);
    }

    @Override
    public void beforeEnd(Runnable action) {
        endings.add(action);
    }
}
