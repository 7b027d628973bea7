package io.lynkr.workspace;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds out whether a sandbox works on this machine, by running something in it. */
public final class SandboxProbe {
    private static final ProcessLimits LIMITS =
            ProcessLimits.USUAL.withTime(Duration.ofSeconds(20)).withOutputBytes(4096);

    /** Ends with 0 if processes are numbered anew and the system cannot be written. */
    private static final List<String> ESCAPE =
            List.of(
                    "/bin/sh",
                    "-c",
                    "if [ $$ -gt 10 ]; then echo 'it sees the processes outside' >&2; exit 1; fi;"
                            + " if (: >/usr/lynkr-probe) 2>/dev/null; then rm -f /usr/lynkr-probe;"
                            + " echo 'it can write to /usr' >&2; exit 1; fi");

    /** What was found. */
    public sealed interface Found {

        /** This one works. */
        record Working(Sandbox sandbox) implements Found {}

        /** None does, and why each does not. */
        record Unavailable(String reason) implements Found {}
    }

    private final ProcessRunner runner;
    private final Map<String, String> environment;

    /**
     * Runs nothing yet.
     *
     * @param environment what runtimes need to be found and to find their daemon
     */
    public SandboxProbe(ProcessRunner runner, Map<String, String> environment) {
        this.runner = runner;
        this.environment = Map.copyOf(environment);
    }

    /** The first of the candidates that works; takes up to 20 seconds for each that hangs. */
    public Found firstWorking(List<Candidate> candidates) throws InterruptedException {
        var reasons = new ArrayList<String>();
        for (var candidate : candidates) {
            var result = runner.run(probe(candidate), OutputListener.NONE);
            if (result.succeeded()) {
                return new Found.Working(candidate.sandbox());
            }
            reasons.add(candidate.sandbox().name() + ": " + reason(result));
        }
        return new Found.Unavailable(
                reasons.isEmpty() ? "no sandbox is installed" : String.join("; ", reasons));
    }

    /**
     * Something to try.
     *
     * @param workspace a folder that the sandbox knows as its workspace
     */
    public record Candidate(Sandbox sandbox, Path workspace) {}

    private ProcessSpec probe(Candidate candidate) {
        var argv = candidate.sandbox() instanceof Bubblewrap ? ESCAPE : List.of("true");
        var spec = ProcessSpec.of(argv, candidate.workspace(), environment).withLimits(LIMITS);
        return candidate.sandbox().wrap(spec);
    }

    private static String reason(ProcessResult result) {
        var said = result.stderr().text().strip();
        return switch (result.ending()) {
            case ProcessResult.Ending.Exited(var code) ->
                    said.isEmpty() ? "it ended with " + code : said;
            case ProcessResult.Ending.TimedOut(var limit) ->
                    "nothing happened for " + limit.toSeconds() + " s";
            case ProcessResult.Ending.TooGreedy(var what) -> "it used " + what;
            case ProcessResult.Ending.NotStarted(var why) -> why;
        };
    }
}
