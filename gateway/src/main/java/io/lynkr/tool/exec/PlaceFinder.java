package io.lynkr.tool.exec;

import io.lynkr.policy.SandboxSettings;
import io.lynkr.workspace.Bubblewrap;
import io.lynkr.workspace.ChildEnvironment;
import io.lynkr.workspace.Container;
import io.lynkr.workspace.ProcessRunner;
import io.lynkr.workspace.Sandbox;
import io.lynkr.workspace.SandboxProbe;
import io.lynkr.workspace.SandboxProbe.Candidate;
import io.lynkr.workspace.Unsandboxed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out where commands can run: in a container if the settings name an image, else in
 * bubblewrap; without a box only where neither works and the operator says so.
 */
public final class PlaceFinder {
    private final SandboxSettings settings;
    private final Path workspace;
    private final List<Path> bubblewraps;
    private final SandboxProbe probe;

    /**
     * Runs nothing yet.
     *
     * @param workspace its root, without links in it
     * @param environment what programs get, see {@link CommandRunner#environment}
     */
    public PlaceFinder(
            SandboxSettings settings,
            Path workspace,
            ProcessRunner runner,
            ChildEnvironment environment) {
        this(
                settings,
                workspace,
                Bubblewrap.USUAL_PLACES,
                new SandboxProbe(runner, environment.variables()));
    }

    PlaceFinder(
            SandboxSettings settings, Path workspace, List<Path> bubblewraps, SandboxProbe probe) {
        this.settings = settings;
        this.workspace = workspace;
        this.bubblewraps = List.copyOf(bubblewraps);
        this.probe = probe;
    }

    /** Tries them; takes up to 20 seconds for each that hangs. */
    public CommandPlace find() throws InterruptedException {
        return switch (probe.firstWorking(boxes())) {
            case SandboxProbe.Found.Working(var sandbox) -> new CommandPlace.Somewhere(sandbox);
            case SandboxProbe.Found.Unavailable(var reason) ->
                    settings.unsandboxed()
                            ? new CommandPlace.Somewhere(unboxed())
                            : new CommandPlace.Nowhere(reason);
        };
    }

    private List<Candidate> boxes() {
        var boxes = new ArrayList<Candidate>();
        settings.container()
                .ifPresent(options -> boxes.add(candidate(new Container(options, workspace))));
        bubblewrap()
                .ifPresent(
                        program ->
                                boxes.add(
                                        candidate(
                                                new Bubblewrap(
                                                        program,
                                                        workspace,
                                                        settings.mounts(),
                                                        settings.networking()))));
        return boxes;
    }

    /** Bubblewrap may be no box here and still keep a program's processes together. */
    private Sandbox unboxed() throws InterruptedException {
        var leashed = new Unsandboxed(bubblewrap());
        boolean holds =
                probe.firstWorking(List.of(candidate(leashed)))
                        instanceof SandboxProbe.Found.Working;
        return holds ? leashed : new Unsandboxed(Optional.empty());
    }

    private Optional<Path> bubblewrap() {
        return bubblewraps.stream().filter(Files::isExecutable).findFirst();
    }

    private Candidate candidate(Sandbox sandbox) {
        return new Candidate(sandbox, workspace);
    }
}
