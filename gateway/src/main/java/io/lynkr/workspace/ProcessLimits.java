package io.lynkr.workspace;

import java.time.Duration;

/**
 * What a run may use.
 *
 * @param time until everything it started is killed
 * @param outputBytes kept of each of stdout and stderr, half from its head and half from its tail
 * @param processes alive at once, the first one included; 0 for any number
 * @param memoryBytes resident, of all of them together; 0 for any amount
 */
public record ProcessLimits(Duration time, int outputBytes, int processes, long memoryBytes) {
    /** 15 s, 1 MB of output, 256 processes, 1 GB. */
    public static final ProcessLimits USUAL =
            new ProcessLimits(Duration.ofSeconds(15), 1 << 20, 256, 1L << 30);

    /** The longest any run may take. */
    public static final Duration LONGEST = Duration.ofMinutes(15);

    public ProcessLimits {
        if (time.isNegative() || time.isZero() || outputBytes < 2) {
            throw new IllegalArgumentException(time + " and " + outputBytes + " bytes of output");
        }
        if (processes < 0 || memoryBytes < 0) {
            throw new IllegalArgumentException(processes + " processes, " + memoryBytes + " bytes");
        }
    }

    public ProcessLimits withTime(Duration newTime) {
        var bounded = newTime.compareTo(LONGEST) > 0 ? LONGEST : newTime;
        return new ProcessLimits(bounded, outputBytes, processes, memoryBytes);
    }

    public ProcessLimits withOutputBytes(int newOutputBytes) {
        return new ProcessLimits(time, newOutputBytes, processes, memoryBytes);
    }

    public ProcessLimits withProcesses(int newProcesses) {
        return new ProcessLimits(time, outputBytes, newProcesses, memoryBytes);
    }

    public ProcessLimits withMemoryBytes(long newMemoryBytes) {
        return new ProcessLimits(time, outputBytes, processes, newMemoryBytes);
    }
}
