package io.lynkr.testing;

import java.util.ArrayList;
import java.util.List;

/** MCP servers of the protocol's own project, from npm. */
public final class NpmMcpServer {
    private NpmMcpServer() {}

    /**
     * The entry of {@code mcpServers} that starts one.
     *
     * @param name such as {@code server-memory}
     */
    public static Json entry(String name, String... arguments) {
        var words = command(name, arguments);
        var rest = words.subList(1, words.size()).toArray();
        return Json.object("command", words.getFirst(), "args", Json.array(rest));
    }

    /** The program and its arguments. */
    public static List<String> command(String name, String... arguments) {
        var words = new ArrayList<String>();
        words.add(InstalledTools.node().toString());
        words.add(InstalledTools.mcpServer(name).toString());
        words.addAll(List.of(arguments));
        return words;
    }
}
