package io.lynkr;

import io.lynkr.app.ConfiguredBackend;
import io.lynkr.app.ConfiguredTools;
import io.lynkr.app.Gateway;
import io.lynkr.cli.Cli;
import io.lynkr.cli.Console;
import io.lynkr.cli.Surroundings;
import io.lynkr.cli.ThisMachine;

import java.nio.file.Path;

/**
 * Starts Lynkr from the command line; the only place that reads the environment or ends the
 * process.
 */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        var environment = System.getenv();
        var surroundings =
                new Surroundings(
                        environment,
                        Path.of(""),
                        Console.system(),
                        new ThisMachine(environment),
                        Gateway.version());
        var cli =
                new Cli(
                        surroundings,
                        Gateway::start,
                        ConfiguredBackend::connect,
                        new ConfiguredTools());
        System.exit(cli.run(args));
    }
}
