package io.lynkr.app;

import io.lynkr.config.Settings;
import io.lynkr.mcp.McpHost;
import io.lynkr.mcp.host.HostSettings;
import io.lynkr.mcp.host.Outside;
import io.lynkr.mcp.host.OwnManifest;
import io.lynkr.mcp.host.ServerHost;
import io.lynkr.policy.SandboxSettings;
import io.lynkr.store.StoreSettings;
import io.lynkr.tool.exec.CommandPlace;
import io.lynkr.tool.exec.CommandRunner;
import io.lynkr.tool.exec.PlaceFinder;
import io.lynkr.workspace.ProcessRunner;
import io.lynkr.workspace.Sandbox;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * The MCP servers of the settings.
 *
 * @param data where approvals and logs are kept
 * @param environment the gateway's own
 */
record McpHosting(
        HostSettings settings,
        SandboxSettings sandbox,
        Path workspace,
        Path data,
        Map<String, String> environment) {

    /** Reads and checks; problems are left in the settings. */
    static McpHosting from(Settings settings, SandboxSettings sandbox, Path workspace) {
        return new McpHosting(
                HostSettings.from(settings, workspace),
                sandbox,
                workspace,
                StoreSettings.folder(settings),
                settings.environment());
    }

    /** Begins to look after them; empty if they are off. */
    Optional<ServerHost> start() {
        return settings.enabled()
                ? Optional.of(ServerHost.start(settings, outside(), Clock.systemUTC()))
                : Optional.empty();
    }

    /** For one who looks or asks once, also where they are off. */
    ServerHost open() {
        return ServerHost.open(settings, outside(), Clock.systemUTC());
    }

    /** The file that the command line writes. */
    OwnManifest ownManifest() {
        return new OwnManifest(settings.ownManifest());
    }

    /** As others see what {@link #start} gave. */
    static McpHost host(Optional<ServerHost> started) {
        return started.<McpHost>map(host -> host).orElse(McpHost.NONE);
    }

    private Outside outside() {
        return new Outside(
                data,
                workspace,
                environment,
                AllSettings.secretVariables(),
                sandbox.permissions()::permit,
                new FoundOnce(),
                Gateway.version());
    }

    /** The box that commands use, looked for when the first server needs it. */
    private final class FoundOnce implements Outside.Box {
        private Optional<CommandPlace> place = Optional.empty();

        @Override
        public synchronized Optional<Sandbox> find() throws InterruptedException {
            if (place.isEmpty()) {
                try (var processes = new ProcessRunner()) {
                    var around = CommandRunner.environment(sandbox, environment);
                    place =
                            Optional.of(
                                    new PlaceFinder(sandbox, workspace, processes, around).find());
                }
            }
            return place.flatMap(
                    found ->
                            switch (found) {
                                case CommandPlace.Somewhere(var box) when box.isolates() ->
                                        Optional.of(box);
                                case CommandPlace.Somewhere _, CommandPlace.Nowhere _ ->
                                        Optional.empty();
                            });
        }
    }
}
