package io.lynkr.cli;

import io.lynkr.app.AllSettings;
import io.lynkr.app.BackendConnector;
import io.lynkr.app.Launch;
import io.lynkr.app.ProbeResult;
import io.lynkr.app.ToolBench;
import io.lynkr.cli.Check.Mark;
import io.lynkr.config.ConfigProblem;
import io.lynkr.config.Settings;
import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Looks at everything that a working gateway needs. */
@Command(
        name = "doctor",
        description = {
            "Checks the settings, this machine and the backend, and finds out what the backend"
                    + " accepts.",
            "Asking the backend costs a few hundred tokens.",
        },
        footer = {
            "  lynkr doctor",
            "  lynkr doctor --offline      without asking the backend",
            "  MODEL_PROVIDER=ollama lynkr doctor --json",
            "",
            "✓ works, ! works with less comfort, ✗ must be put right, - was not tried.",
            "Exit code 1 if there is a ✗.",
        })
final class DoctorCommand implements Callable<Integer> {
    private static final String SETTINGS = "Settings";
    private static final String MACHINE = "This machine";

    private final Surroundings surroundings;
    private final BackendConnector backends;
    private final ToolBench.Opener tools;
    private final RunningGateways running;
    private final List<Check> checks = new ArrayList<>();

    @Option(names = "--json", description = "Prints the report as JSON.")
    boolean json;

    @Option(names = "--offline", description = "Does not talk to the backend.")
    boolean offline;

    DoctorCommand(
            Surroundings surroundings,
            BackendConnector backends,
            ToolBench.Opener tools,
            RunningGateways running) {
        this.surroundings = surroundings;
        this.backends = backends;
        this.tools = tools;
        this.running = running;
    }

    @Override
    public Integer call() throws InterruptedException {
        var launch = new Launch(surroundings.settings());
        boolean usable = checkSettings(launch.settings());
        checkMachine(launch, usable);
        checkBackend(launch, usable);
        return report() ? ExitCode.OK : ExitCode.FAILURE;
    }

    private boolean checkSettings(Settings settings) {
        var problems = AllSettings.problems(settings);
        var odd = AllSettings.misspelled(settings);
        problems.forEach(problem -> note(settingsCheck(problem, Mark.BAD)));
        odd.forEach(problem -> note(settingsCheck(problem, Mark.ODD)));
        if (problems.isEmpty()) {
            note(new Check(SETTINGS, "configuration", Mark.GOOD, "complete"));
        }
        return problems.isEmpty();
    }

    private static Check settingsCheck(ConfigProblem problem, Mark mark) {
        return new Check(
                SETTINGS, problem.setting(), mark, problem.problem() + ". " + problem.remedy());
    }

    private void checkMachine(Launch launch, boolean usable) throws InterruptedException {
        note(new Check(MACHINE, "Java", Mark.GOOD, Runtime.version().toString()));
        note(checkClaude());
        note(checkPort(launch));
        note(checkSandbox(launch, usable));
    }

    private Check checkSandbox(Launch launch, boolean usable) throws InterruptedException {
        return usable
                ? Check.of(MACHINE, tools.sandbox(launch.settings()))
                : new Check(MACHINE, "sandbox", Mark.NOT_TRIED, "not looked for, see the settings");
    }

    private Check checkClaude() throws InterruptedException {
        var claude = surroundings.machine().find("claude");
        if (claude.isEmpty()) {
            return new Check(
                    MACHINE,
                    "Claude Code",
                    Mark.ODD,
                    "not on the PATH. Install it with: " + ClaudeCode.INSTALL);
        }
        var path = claude.get().toString();
        var version = surroundings.machine().output(List.of(path, "--version"));
        return version.map(text -> new Check(MACHINE, "Claude Code", Mark.GOOD, text + ", " + path))
                .orElse(
                        new Check(
                                MACHINE,
                                "Claude Code",
                                Mark.ODD,
                                path + " --version does not answer"));
    }

    private Check checkPort(Launch launch) throws InterruptedException {
        var name = "port " + launch.port();
        if (surroundings.machine().isPortFree(launch.host(), launch.port())) {
            return new Check(MACHINE, name, Mark.GOOD, "free on " + launch.host());
        }
        var gateway = running.at(launch.localAddress());
        return gateway.map(
                        found ->
                                new Check(
                                        MACHINE,
                                        name,
                                        Mark.GOOD,
                                        "Lynkr listens there (" + found.provider() + ")"))
                .orElse(
                        new Check(
                                MACHINE,
                                name,
                                Mark.BAD,
                                "another program listens on "
                                        + launch.host()
                                        + ". End it, or set PORT to a free one"));
    }

    private void checkBackend(Launch launch, boolean usable) throws InterruptedException {
        var section = "Backend " + launch.provider();
        if (offline || !usable) {
            var why = offline ? "not asked, because of --offline" : "not asked, see the settings";
            note(new Check(section, "backend", Mark.NOT_TRIED, why));
            return;
        }
        try (var backend = backends.connect(launch.settings())) {
            var door = backend.reach();
            door.forEach(result -> note(Check.of(section, result)));
            if (door.stream().noneMatch(ProbeResult::isFatal)) {
                backend.probe().run(result -> note(Check.of(section, result)));
            }
        }
    }

    private void note(Check check) {
        boolean opensSection =
                checks.isEmpty() || !checks.getLast().section().equals(check.section());
        checks.add(check);
        if (!json) {
            if (opensSection) {
                surroundings.console().out().println(check.section());
            }
            surroundings.console().out().println(check.line());
        }
    }

    private boolean report() {
        boolean well = checks.stream().noneMatch(Check::isBad);
        if (json) {
            var lines = JsonArray.copyOf(checks.stream().map(Check::toJson).toList());
            surroundings
                    .console()
                    .out()
                    .println(JsonObject.EMPTY.with("ok", well).with("checks", lines));
        }
        return well;
    }
}
