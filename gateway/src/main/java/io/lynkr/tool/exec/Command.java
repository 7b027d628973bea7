package io.lynkr.tool.exec;

import io.lynkr.workspace.WorkspacePath;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program that a model wants to run.
 *
 * @param argv the program and its arguments
 * @param input what it reads; empty for nothing
 * @param folder where it starts
 * @param variables what the model sets for it
 * @param time how long it may take
 * @param mustBeBoxed whether it may run in a box only
 */
public record Command(
        List<String> argv,
        String input,
        WorkspacePath folder,
        Map<String, String> variables,
        Duration time,
        boolean mustBeBoxed) {
    public Command {
        argv = List.copyOf(argv);
        variables = Map.copyOf(variables);
    }

    /**
     * The whole command. The model's variables are set inside, by {@code env}: what stands around
     * the program, such as a container runtime's client, must not see them.
     */
    List<String> words() {
        if (variables.isEmpty()) {
            return argv;
        }
        var words = new ArrayList<>(List.of("env"));
        variables.forEach((name, value) -> words.add(name + "=" + value));
        words.addAll(argv);
        return words;
    }
}
