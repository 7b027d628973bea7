package io.lynkr.workspace;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of git.
 *
 * @param arguments what comes after {@code git}; whoever builds them puts {@code --} before names
 * @param input what it can read; empty for nothing
 * @param time until it is killed
 * @param outputBytes that are kept of each channel
 * @param locks whether it may take locks that it does not need, such as the index's to refresh it
 * @param network whether it may speak to a remote
 * @param variables further ones of its environment
 */
public record GitCommand(
        List<String> arguments,
        byte[] input,
        Duration time,
        int outputBytes,
        boolean locks,
        boolean network,
        Map<String, String> variables) {
    private static final Duration READING = Duration.ofSeconds(20);
    private static final Duration CHANGING = Duration.ofSeconds(60);
    private static final int OUTPUT_BYTES = 4 << 20;

    public GitCommand {
        arguments = List.copyOf(arguments);
        input = input.clone();
        variables = Map.copyOf(variables);
    }

    /** One that only looks: it takes no lock, so that it gets in nobody's way. */
    public static GitCommand reading(String... arguments) {
        return of(READING, false, List.of(arguments));
    }

    /** One that changes the repository or its working tree. */
    public static GitCommand changing(String... arguments) {
        return of(CHANGING, true, List.of(arguments));
    }

    private static GitCommand of(Duration time, boolean locks, List<String> arguments) {
        return new GitCommand(arguments, new byte[0], time, OUTPUT_BYTES, locks, false, Map.of());
    }

    /** Gives it a text to read. */
    public GitCommand withInput(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return new GitCommand(arguments, bytes, time, outputBytes, locks, network, variables);
    }

    /** Gives it names to read, with a NUL after each. */
    public GitCommand withNames(Iterable<String> names) {
        var text = new StringBuilder();
        names.forEach(name -> text.append(name).append('\0'));
        return withInput(text.toString());
    }

    public GitCommand withTime(Duration newTime) {
        return new GitCommand(arguments, input, newTime, outputBytes, locks, network, variables);
    }

    public GitCommand withOutputBytes(int most) {
        return new GitCommand(arguments, input, time, most, locks, network, variables);
    }

    /** Lets it speak to a remote. */
    public GitCommand withNetwork() {
        return new GitCommand(arguments, input, time, outputBytes, locks, true, variables);
    }

    /** Adds variables to its environment. */
    public GitCommand withVariables(Map<String, String> more) {
        var all = new LinkedHashMap<>(variables);
        all.putAll(more);
        return new GitCommand(arguments, input, time, outputBytes, locks, network, all);
    }
}
