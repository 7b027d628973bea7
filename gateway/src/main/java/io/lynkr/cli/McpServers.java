package io.lynkr.cli;

import io.lynkr.app.HostedServers;

/** What the commands about MCP servers have in common. */
final class McpServers {
    private McpServers() {}

    /** Something done with the servers, which are ended afterwards. */
    interface Work {
        void run(HostedServers servers)
                throws HostedServers.FailedException, CommandFailedException, InterruptedException;
    }

    /** Does it, and tells the exit code. */
    static int use(Surroundings surroundings, Work work)
            throws CommandFailedException, InterruptedException {
        try (var servers = HostedServers.open(surroundings.settings())) {
            work.run(servers);
            return ExitCode.OK;
        } catch (HostedServers.FailedException failed) {
            throw new CommandFailedException(String.valueOf(failed.getMessage()));
        }
    }

    /** The server of this name. */
    static HostedServers.Info named(HostedServers servers, String name)
            throws CommandFailedException {
        return servers.all().stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new CommandFailedException(
                                        "there is no MCP server '"
                                                + name
                                                + "'; 'lynkr mcp list' knows all"));
    }
}
