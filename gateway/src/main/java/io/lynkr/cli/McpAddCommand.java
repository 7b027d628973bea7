package io.lynkr.cli;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.concurrent.Callable;

/** Names a server. */
@Command(
        name = "add",
        description = {
            "Names an MCP server in lynkr.json of the first folder of MCP_MANIFEST_DIRS.",
            "A gateway that runs takes it up at once.",
        },
        footer = {
            "  lynkr mcp add files -- npx -y @modelcontextprotocol/server-filesystem /srv/docs",
            "  lynkr mcp add tracker --url https://mcp.example.com/mcp"
                    + " --header 'Authorization=Bearer ${TRACKER_TOKEN}'",
        })
final class McpAddCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "Its name: letters, digits, _ and -.")
    String name = "";

    @Parameters(
            index = "1..*",
            paramLabel = "COMMAND",
            description = "The program and its arguments, after --.")
    List<String> command = List.of();

    @Option(names = "--url", paramLabel = "URL", description = "The address of a remote server.")
    String url = "";

    @Option(
            names = "--transport",
            paramLabel = "KIND",
            description = "http or sse, for a remote server; http by default.")
    String transport = "http";

    @Option(
            names = "--env",
            paramLabel = "KEY=VALUE",
            description = "A variable for the program; $${NAME} is read when it starts.")
    List<String> variables = List.of();

    @Option(
            names = "--header",
            paramLabel = "KEY=VALUE",
            description = "A header for a remote server; $${NAME} is read when it is needed.")
    List<String> headers = List.of();

    @Option(names = "--sandbox", description = "Runs the program in the sandbox for commands.")
    boolean sandbox;

    McpAddCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        var entry = entry();
        return McpServers.use(
                surroundings,
                servers -> {
                    var file = servers.add(name, entry);
                    surroundings
                            .console()
                            .out()
                            .println("'" + name + "' is named in " + file + " now.");
                });
    }

    private JsonObject entry() {
        if (!name.matches("[A-Za-z0-9_-]{1,40}")) {
            throw mistake("the name must be of letters, digits, _ and -, at most 40");
        }
        if (url.isEmpty() == command.isEmpty()) {
            throw mistake("either --url or a COMMAND is needed");
        }
        if (!url.isEmpty()) {
            return JsonObject.of("type", transport)
                    .with("url", url)
                    .with("headers", pairs(headers));
        }
        var program =
                JsonObject.of("command", command.getFirst())
                        .with("args", JsonArray.ofStrings(command.subList(1, command.size())))
                        .with("env", pairs(variables));
        return sandbox ? program.with("sandbox", true) : program;
    }

    private JsonObject pairs(List<String> given) {
        var pairs = JsonObject.EMPTY;
        for (var pair : given) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw mistake("'" + pair + "' is not KEY=VALUE");
            }
            pairs = pairs.with(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return pairs;
    }

    private ParameterException mistake(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
