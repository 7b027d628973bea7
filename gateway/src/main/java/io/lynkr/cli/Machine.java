package io.lynkr.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the commands need of the machine they run on. */
public interface Machine {

    /** Looks for a program on the path. */
    Optional<Path> find(String program);

    /**
     * Runs a program on this terminal and returns its exit code. If this process ends first, so
     * does the program.
     */
    int runInForeground(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException;

    /** What a program prints, if it ends well within a few seconds. */
    Optional<String> output(List<String> command) throws InterruptedException;

    /** Whether somebody could listen there now. */
    boolean isPortFree(String host, int port);

    /** Does this before the process ends, also when it is told to from outside. */
    void beforeEnd(Runnable action);

    /**
     * Does this, on a thread of its own, each time somebody tells the process to end (SIGTERM,
     * Ctrl-C), and before it ends in any other way. The process itself goes on until its command
     * returns, whose exit code then counts.
     */
    void whenToldToEnd(Runnable action);
}
