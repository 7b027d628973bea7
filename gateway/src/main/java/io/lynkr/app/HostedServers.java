package io.lynkr.app;

import io.lynkr.config.Settings;
import io.lynkr.json.JsonObject;
import io.lynkr.mcp.HostedServer;
import io.lynkr.mcp.McpCallException;
import io.lynkr.mcp.host.OwnManifest;
import io.lynkr.mcp.host.ServerHost;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The MCP servers of the settings, to be looked at and changed without a gateway around them. */
public final class HostedServers implements AutoCloseable {
    private final ServerHost host;
    private final OwnManifest manifest;

    private HostedServers(ServerHost host, OwnManifest manifest) {
        this.host = host;
        this.manifest = manifest;
    }

    /**
     * What there is to know about a server.
     *
     * @param target the command line or address
     * @param source the file that names it
     * @param state {@code idle}, {@code running}, {@code untrusted} …
     * @param tools how many can be called
     * @param heldBack tools that changed and wait to be accepted
     */
    public record Info(
            String name,
            String transport,
            String target,
            String source,
            String state,
            String detail,
            int tools,
            boolean sandboxed,
            List<String> heldBack) {
        public Info {
            heldBack = List.copyOf(heldBack);
        }

        private static Info of(HostedServer server) {
            return new Info(
                    server.name(),
                    server.transport(),
                    server.target(),
                    server.source(),
                    server.state(),
                    server.detail(),
                    server.tools(),
                    server.sandboxed(),
                    server.heldBack());
        }
    }

    /** A tool whose definition changed, in JSON. */
    public record Change(String tool, String before, String after) {}

    /** What does not work, for the user. */
    public static final class FailedException extends Exception {
        FailedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Reads who there is; starts nobody.
     *
     * @throws io.lynkr.config.ConfigException if the settings cannot be used
     */
    public static HostedServers open(Settings settings) {
        var hosting = Tools.from(settings).mcp();
        settings.check();
        return new HostedServers(hosting.open(), hosting.ownManifest());
    }

    /** All servers, by name. */
    public List<Info> all() {
        return host.servers().stream().map(Info::of).toList();
    }

    /** What is wrong with the files that name servers. */
    public List<String> problems() {
        return host.problems();
    }

    /** Starts a server, lists its tools, and tells what it speaks. */
    public Info test(String name) throws FailedException, InterruptedException {
        try {
            return Info.of(host.test(name));
        } catch (McpCallException failed) {
            throw new FailedException(failed.getMessage(), failed);
        }
    }

    /** The names under which a server's tools are offered. */
    public List<String> tools(String server) {
        return host.tools().stream()
                .filter(tool -> tool.server().equals(server))
                .map(tool -> tool.name())
                .toList();
    }

    /**
     * Trusts a server as it is named now, and accepts what changed of its tools.
     *
     * @return the changes
     */
    public List<Change> trust(String name) throws FailedException {
        try {
            var changes = new ArrayList<Change>();
            host.trust(name)
                    .forEach(
                            (tool, beforeAndAfter) ->
                                    changes.add(
                                            new Change(
                                                    tool,
                                                    beforeAndAfter.getFirst().toString(),
                                                    beforeAndAfter.getLast().toString())));
            return changes;
        } catch (McpCallException | IOException failed) {
            throw new FailedException(String.valueOf(failed.getMessage()), failed);
        }
    }

    /** The last lines of what a server complained about. */
    public String log(String name, int lines) {
        return host.log(name, lines);
    }

    /**
     * Names a server in the user's own manifest.
     *
     * @param entry as in {@code mcpServers}
     * @return the file
     */
    public String add(String name, JsonObject entry) throws FailedException {
        try {
            manifest.add(name, entry);
            return manifest.file().toString();
        } catch (IOException failed) {
            throw new FailedException(String.valueOf(failed.getMessage()), failed);
        }
    }

    /**
     * Takes a server out of the user's own manifest, and forgets it.
     *
     * @return whether it was there
     */
    public boolean remove(String name) throws FailedException {
        try {
            host.forget(name);
            return manifest.remove(name);
        } catch (IOException failed) {
            throw new FailedException(String.valueOf(failed.getMessage()), failed);
        }
    }

    @Override
    public void close() {
        host.close();
    }
}
