package io.lynkr.workspace;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program to run.
 *
 * @param argv the program and its arguments, no shell
 * @param folder where it starts
 * @param environment all the variables it gets; see {@link ChildEnvironment}
 * @param input what it can read; empty for nothing
 * @param talks whether its input stays open, for one that is spoken to while it runs
 * @param afterwards a program that takes away what killing processes does not, such as a container;
 *     run however the first one ended; empty for none
 */
public record ProcessSpec(
        List<String> argv,
        Path folder,
        Map<String, String> environment,
        byte[] input,
        boolean talks,
        ProcessLimits limits,
        List<String> afterwards) {

    public ProcessSpec {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        afterwards = List.copyOf(afterwards);
        input = input.clone();
        if (argv.isEmpty() || argv.getFirst().isEmpty()) {
            throw new IllegalArgumentException("no program to run");
        }
        for (var word : argv) {
            if (word.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("an argument has a NUL in it");
            }
        }
    }

    /** Without input, within the usual limits. */
    public static ProcessSpec of(List<String> argv, Path folder, Map<String, String> environment) {
        return new ProcessSpec(
                argv, folder, environment, new byte[0], false, ProcessLimits.USUAL, List.of());
    }

    public ProcessSpec withArgv(List<String> newArgv) {
        return new ProcessSpec(newArgv, folder, environment, input, talks, limits, afterwards);
    }

    public ProcessSpec withInput(byte[] newInput) {
        return new ProcessSpec(argv, folder, environment, newInput, talks, limits, afterwards);
    }

    public ProcessSpec withLimits(ProcessLimits newLimits) {
        return new ProcessSpec(argv, folder, environment, input, talks, newLimits, afterwards);
    }

    public ProcessSpec withFolder(Path newFolder) {
        return new ProcessSpec(argv, newFolder, environment, input, talks, limits, afterwards);
    }

    public ProcessSpec withEnvironment(Map<String, String> newEnvironment) {
        return new ProcessSpec(argv, folder, newEnvironment, input, talks, limits, afterwards);
    }

    public ProcessSpec withAfterwards(List<String> newAfterwards) {
        return new ProcessSpec(argv, folder, environment, input, talks, limits, newAfterwards);
    }

    /** A program that is spoken to while it runs. */
    public ProcessSpec talking() {
        return new ProcessSpec(argv, folder, environment, input, true, limits, afterwards);
    }
}
