package io.lynkr.tool.exec;

import io.lynkr.policy.SandboxSettings;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.tool.ToolResult;
import io.lynkr.workspace.ChildEnvironment;
import io.lynkr.workspace.Container;
import io.lynkr.workspace.ProcessLimits;
import io.lynkr.workspace.ProcessResult;
import io.lynkr.workspace.ProcessRunner;
import io.lynkr.workspace.ProcessSpec;
import io.lynkr.workspace.Sandbox;
import io.lynkr.workspace.Workspace;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs commands of models in the one place where they may run on this machine. */
public final class CommandRunner {
    private static final Logger LOG = LoggerFactory.getLogger(CommandRunner.class);

    /** More than a result shows, so that head and tail can be told apart from the middle. */
    private static final int OUTPUT_BYTES = 4 * CommandReport.MOST_CHARACTERS;

    /** What a container runtime's client needs to find its daemon; nothing in a container does. */
    private static final List<String> OF_RUNTIMES =
            List.of(
                    "DOCKER_HOST",
                    "DOCKER_CONTEXT",
                    "DOCKER_CONFIG",
                    "DOCKER_CERT_PATH",
                    "DOCKER_TLS_VERIFY",
                    "CONTAINER_HOST",
                    "XDG_RUNTIME_DIR");

    private final Workspace workspace;
    private final SandboxSettings settings;
    private final ProcessRunner runner;
    private final Map<String, String> gateway;
    private final FutureTask<CommandPlace> place;

    private CommandRunner(
            Workspace workspace,
            SandboxSettings settings,
            ProcessRunner runner,
            Map<String, String> gateway,
            FutureTask<CommandPlace> place) {
        this.workspace = workspace;
        this.settings = settings;
        this.runner = runner;
        this.gateway = Map.copyOf(gateway);
        this.place = place;
    }

    /**
     * Begins to look for the place, so that a start of the gateway need not wait for it.
     *
     * @param gateway the gateway's own environment; commands get what the settings pass on
     */
    public static CommandRunner start(
            Workspace workspace,
            SandboxSettings settings,
            ProcessRunner runner,
            Map<String, String> gateway) {
        var finder =
                new PlaceFinder(settings, workspace.root(), runner, environment(settings, gateway));
        return start(workspace, settings, runner, gateway, finder);
    }

    static CommandRunner start(
            Workspace workspace,
            SandboxSettings settings,
            ProcessRunner runner,
            Map<String, String> gateway,
            PlaceFinder finder) {
        var place = new FutureTask<>(() -> told(finder.find()));
        Thread.ofVirtual().name("sandbox-probe").start(place);
        return new CommandRunner(workspace, settings, runner, gateway, place);
    }

    /** What programs around a box get: what the settings pass on, and what runtimes need. */
    public static ChildEnvironment environment(
            SandboxSettings settings, Map<String, String> gateway) {
        var environment = ChildEnvironment.of(gateway, settings.passedVariables());
        if (settings.container().isPresent()) {
            for (var name : OF_RUNTIMES) {
                var value = gateway.get(name);
                if (value != null) {
                    environment = environment.with(name, value);
                }
            }
        }
        return environment;
    }

    private static CommandPlace told(CommandPlace found) {
        switch (found) {
            case CommandPlace.Somewhere(var sandbox) when sandbox.isolates() ->
                    LOG.info("commands of models run in {}", sandbox.name());
            case CommandPlace.Somewhere _ ->
                    LOG.warn(
                            "commands of models run WITHOUT A SANDBOX, with all rights of this"
                                    + " user, because none works here and TOOLS_UNSANDBOXED=true");
            case CommandPlace.Nowhere(var reason) ->
                    LOG.info("shell and python_exec are off: {}", reason);
        }
        return found;
    }

    Workspace workspace() {
        return workspace;
    }

    SandboxSettings settings() {
        return settings;
    }

    ToolResult run(Command command, CallContext context)
            throws ToolException, InterruptedException {
        return switch (execute(command, OUTPUT_BYTES, context)) {
            case Execution.Ran ran -> report(ran);
            case Execution.Refused(var denied) -> denied;
        };
    }

    /**
     * Runs a command to its end.
     *
     * @param outputBytes kept of each of stdout and stderr
     */
    public Execution execute(Command command, int outputBytes, CallContext context)
            throws ToolException, InterruptedException {
        return switch (place()) {
            case CommandPlace.Nowhere(var reason) ->
                    Execution.refused(
                            "no_sandbox",
                            "commands are off, because no sandbox works on the gateway's machine ("
                                    + reason
                                    + "). Its operator can install bubblewrap, name a container"
                                    + " image in MCP_SANDBOX_IMAGE, or, where nothing can be lost,"
                                    + " set TOOLS_UNSANDBOXED=true");
            case CommandPlace.Somewhere(var sandbox)
                    when command.mustBeBoxed() && !sandbox.isolates() ->
                    Execution.refused(
                            "sandbox_required",
                            "sandbox is 'always', and this gateway has none (TOOLS_UNSANDBOXED)");
            case CommandPlace.Somewhere(var sandbox) ->
                    execute(command, sandbox, outputBytes, context);
        };
    }

    private CommandPlace place() throws InterruptedException {
        try {
            return place.get();
        } catch (ExecutionException broken) {
            LOG.warn("looking for a sandbox failed", broken);
            return new CommandPlace.Nowhere("looking for one failed; the gateway's log tells more");
        }
    }

    private Execution execute(
            Command command, Sandbox sandbox, int outputBytes, CallContext context)
            throws ToolException, InterruptedException {
        var time = context.deadline().atMost(command.time());
        if (!time.isPositive()) {
            throw new ToolException(Kind.TIMED_OUT, "no time is left for this call");
        }
        var environment =
                sandbox instanceof Container
                        ? environment(settings, gateway)
                        : ChildEnvironment.of(gateway, settings.passedVariables());
        var spec =
                ProcessSpec.of(
                                command.words(),
                                command.folder().below(workspace.root()),
                                environment.variables())
                        .withInput(command.input().getBytes(StandardCharsets.UTF_8))
                        .withLimits(
                                ProcessLimits.USUAL.withTime(time).withOutputBytes(outputBytes));
        var lines = new LiveLines(context.progress(), System::nanoTime);
        var result = runner.run(sandbox.wrap(spec), lines);
        if (result.ending() instanceof ProcessResult.Ending.NotStarted(var reason)) {
            throw new ToolException(
                    Kind.UNAVAILABLE,
                    "it could not be started in " + sandbox.name() + ": " + reason);
        }
        return new Execution.Ran(result, sandbox.name());
    }

    private static ToolResult report(Execution.Ran ran) {
        var block =
                ToolResult.block(
                        new CommandReport(ran.result(), ran.sandbox()).toJson().toString());
        return ran.result().succeeded()
                ? new ToolResult.Done(List.of(block))
                : new ToolResult.Unsuccessful(List.of(block));
    }
}
