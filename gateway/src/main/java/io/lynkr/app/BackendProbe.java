package io.lynkr.app;

import java.util.List;
import java.util.function.Consumer;

/** Finds out what a backend accepts. */
public interface BackendProbe {

    /**
     * Tries one thing after the other.
     *
     * @param progress is told each result as soon as it is there
     * @return all results, in order
     */
    List<ProbeResult> run(Consumer<ProbeResult> progress) throws InterruptedException;
}
