package io.lynkr.cli;

import io.lynkr.app.ProcessLog;
import io.lynkr.config.ConfigProblem;
import io.lynkr.config.DotEnv;
import io.lynkr.config.Settings;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the commands see of the outside.
 *
 * @param environment the variables of this process
 * @param folder where the command was called, and where {@code .env} is looked for
 * @param console where to speak
 * @param machine programs, ports and the end of the process
 * @param version of this build
 */
public record Surroundings(
        Map<String, String> environment,
        Path folder,
        Console console,
        Machine machine,
        String version) {

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** The configuration as it stands now. */
    Settings settings() {
        return new Settings(environment, DotEnv.in(folder));
    }

    /** Begins to log on standard output, until it is closed. */
    ProcessLog startLog(Settings settings) {
        return ProcessLog.start(settings, console.stream(), console.isTerminal());
    }

    /** Where to speak to people while the log runs: its own stream is not disturbed. */
    PrintWriter voice(Settings settings) {
        return ProcessLog.isForMachines(settings, console.isTerminal())
                ? console.err()
                : console.out();
    }

    /** Tells what is odd, but no reason to stop. */
    void warn(List<ConfigProblem> oddities) {
        for (var oddity : oddities) {
            console.err().println("lynkr: " + oddity);
        }
    }
}
