package io.lynkr.tool.test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A way to run tests.
 *
 * @param command a program; or, with blanks in it and no arguments, a line for bash
 * @param folder where it starts, relative to the workspace
 * @param mustBeBoxed whether it may run in a sandbox only
 */
record TestProfile(
        String name, String command, List<String> args, String folder, boolean mustBeBoxed) {
    static final String DEFAULT = "default";

    TestProfile {
        args = List.copyOf(args);
    }

    /** The same with other arguments; what is a line for bash gets them at its end. */
    TestProfile withArgs(List<String> other) {
        return isLine()
                ? new TestProfile(name, line(other), List.of(), folder, mustBeBoxed)
                : new TestProfile(name, command, other, folder, mustBeBoxed);
    }

    private String line(List<String> more) {
        return command + more.stream().map(it -> " " + quoted(it)).collect(Collectors.joining());
    }

    boolean isLine() {
        return args.isEmpty() && command.strip().matches("(?s).*\\s.*");
    }

    List<String> argv() {
        if (isLine()) {
            return List.of("bash", "-c", command);
        }
        var argv = new ArrayList<>(List.of(command));
        argv.addAll(args);
        return argv;
    }

    /** As one would type it. */
    String line() {
        return isLine()
                ? command
                : Stream.concat(Stream.of(command), args.stream())
                        .map(TestProfile::quoted)
                        .collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
