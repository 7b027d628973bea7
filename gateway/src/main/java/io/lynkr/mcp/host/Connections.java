package io.lynkr.mcp.host;

import io.lynkr.mcp.McpCallException;
import io.lynkr.workspace.ChildEnvironment;
import io.lynkr.workspace.ProcessRunner;
import io.lynkr.workspace.ProcessSpec;
import io.lynkr.workspace.Sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/** Makes the way to a server: starts its program, in a box if it must be, or prepares for HTTP. */
final class Connections implements SupervisedServer.Connector {
    private final ProcessRunner runner;
    private final Outside outside;
    private final HostSettings.Boxing boxing;

    Connections(ProcessRunner runner, Outside outside, HostSettings.Boxing boxing) {
        this.runner = runner;
        this.outside = outside;
        this.boxing = boxing;
    }

    @Override
    public Transport connect(ServerEntry entry, ServerLog log)
            throws McpCallException, InterruptedException {
        return switch (entry.launch()) {
            case Launch.Stdio program -> new StdioTransport(runner, spec(entry, program), log);
            case Launch.Http(var url, var headers) ->
                    new HttpTransport(url, new Web(headers, Authorization.NONE));
            case Launch.Sse(var url, var headers) ->
                    new SseTransport(url, new Web(headers, Authorization.NONE));
        };
    }

    private ProcessSpec spec(ServerEntry entry, Launch.Stdio program)
            throws McpCallException, InterruptedException {
        var command = fromHome(program.command());
        var name = command.substring(command.lastIndexOf('/') + 1);
        if (!outside.mayRun().test(name)) {
            throw new McpCallException(
                    "'"
                            + name
                            + "' may not be run here (MCP_SANDBOX_PERMISSION_MODE,"
                            + " MCP_SANDBOX_PERMISSION_ALLOW, MCP_SANDBOX_PERMISSION_DENY)");
        }
        var environment = ChildEnvironment.of(outside.environment(), ChildEnvironment.USUAL_NAMES);
        for (var variable : program.environment().entrySet()) {
            environment = environment.with(variable.getKey(), variable.getValue());
        }
        var argv = new ArrayList<String>();
        argv.add(command);
        argv.addAll(program.arguments());
        var spec = ProcessSpec.of(argv, folder(program), environment.variables()).talking();
        return isBoxed(entry) ? box(entry).wrap(spec) : spec;
    }

    private Path folder(Launch.Stdio program) throws McpCallException {
        var folder =
                program.folder().isEmpty()
                        ? outside.workspace()
                        : outside.workspace().resolve(fromHome(program.folder()));
        if (!Files.isDirectory(folder)) {
            throw new McpCallException("its folder '" + folder + "' is not there");
        }
        return folder;
    }

    private static String fromHome(String path) {
        return path.startsWith("~/")
                ? System.getProperty("user.home", ".") + path.substring(1)
                : path;
    }

    boolean isBoxed(ServerEntry entry) {
        if (!(entry.launch() instanceof Launch.Stdio)) {
            return false;
        }
        return switch (boxing) {
            case AUTO -> entry.ofProject() || entry.sandbox().orElse(false);
            case REQUIRE -> true;
            case DENY -> false;
        };
    }

    private Sandbox box(ServerEntry entry) throws McpCallException, InterruptedException {
        var box =
                outside.box()
                        .find()
                        .orElseThrow(
                                () ->
                                        new McpCallException(
                                                "it must run in a sandbox, and none works here"
                                                        + " (MCP_SERVERS_SANDBOX)"));
        return entry.network() ? box : box.offline();
    }
}
