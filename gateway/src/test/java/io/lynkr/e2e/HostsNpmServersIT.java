package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.ClaudeCli;
import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Json;
import io.lynkr.testing.ModelBlock;
import io.lynkr.testing.NeedsRealClients;
import io.lynkr.testing.NpmMcpServer;
import io.lynkr.testing.TempWorkspace;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The protocol's own servers from npm behind the gateway, over every transport. */
@Timeout(180)
@NeedsRealClients
class HostsNpmServersIT {
    private final FakeUpstream upstream = new FakeUpstream();
    private final TempWorkspace files = TempWorkspace.create();
    private final Map<String, Json> servers = new LinkedHashMap<>();
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(Process::destroyForcibly);
        upstream.close();
        files.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stdio", "http", "sse"})
    void runsAToolForTheModelOverEveryTransport(String transport) throws IOException {
        servers.put("everything", everything(transport));
        upstream.willAsk(ModelBlock.toolUse("mcp_everything_echo", Json.object("message", "hi")))
                .thenSay("done");

        try (var gateway = gateway()) {
            gateway.messages(asking("mcp_everything_echo"));

            assertThat(upstream.lastRequest().toolResult()).isEqualTo("Echo: hi");
        }
    }

    @Test
    void readsAFileAndRemembersAThing() {
        var root = files.path().toString();
        servers.put("files", NpmMcpServer.entry("server-filesystem", root));
        servers.put("memory", NpmMcpServer.entry("server-memory"));
        upstream.willAsk(
                        ModelBlock.toolUse(
                                "mcp_files_read_text_file",
                                Json.object("path", files.path("README.md").toString())))
                .thenAsk(ModelBlock.toolUse("mcp_memory_read_graph", Json.object()))
                .thenSay("done");

        try (var gateway = gateway()) {
            gateway.messages(asking("mcp_files_read_text_file", "mcp_memory_read_graph"));

            var results = upstream.lastRequest().json().toString();
            assertThat(results).contains("A workspace for tests", "relations");
        }
    }

    @Test
    void givesThemToClaudeCode() throws IOException {
        servers.put("everything", everything("stdio"));

        try (var gateway = gateway();
                var claude = ClaudeCli.against(gateway.url(), files.path())) {
            var mount = Json.object("type", "http", "url", gateway.url("/mcp").toString());
            claude.option(
                    "--mcp-config",
                    Json.object("mcpServers", Json.object("lynkr", mount)).toString(),
                    "--strict-mcp-config");
            claude.allow("mcp__lynkr__mcp_everything_echo");

            var run = claude.ask("[[tool:mcp__lynkr__mcp_everything_echo|{\"message\":\"hi\"}]]");

            var server = run.system("init").findFirst().orElseThrow().get("mcp_servers").at(0);
            assertThat(server.text("status")).isEqualTo("connected");
            assertThat(upstream.lastRequest().json().toString()).contains("Echo: hi");
        }
    }

    private Json everything(String transport) throws IOException {
        if (transport.equals("stdio")) {
            return NpmMcpServer.entry("server-everything", "stdio");
        }
        var kind = transport.equals("http") ? "streamableHttp" : "sse";
        int port = freePort();
        var builder = new ProcessBuilder(NpmMcpServer.command("server-everything", kind));
        builder.environment().put("PORT", Integer.toString(port));
        var process = builder.redirectErrorStream(true).start();
        started.add(process);
        awaitWords(process, Integer.toString(port));
        var path = transport.equals("http") ? "/mcp" : "/sse";
        return Json.object("type", transport, "url", "http://localhost:" + port + path);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** It says when it listens; what it says later must not fill the pipe. */
    private static void awaitWords(Process process, String words) throws IOException {
        var said =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            if (line.contains(words)) {
                Thread.ofVirtual().start(() -> readOn(said));
                return;
            }
        }
        throw new IOException("the server ended before it listened");
    }

    private static void readOn(BufferedReader said) {
        try (said) {
            while (said.readLine() != null) {
                // nobody wants to know
            }
        } catch (IOException ended) {
            // with the test
        }
    }

    private TestGateway gateway() {
        files.write(
                "mcp/servers.json", Json.object("mcpServers", new Json.Obj(servers)).toString());
        return TestGateway.inFrontOf(
                upstream,
                "WORKSPACE_ROOT",
                files.path().toString(),
                "DATA_DIR",
                files.path("data").toString(),
                "MCP_MANIFEST_DIRS",
                files.path("mcp").toString());
    }

    private static String asking(String... tools) {
        var offered = new ArrayList<Json>();
        for (var name : tools) {
            offered.add(Json.object("name", name, "input_schema", Json.object("type", "object")));
        }
        return Json.object(
                        "model",
                        "claude-x",
                        "max_tokens",
                        100,
                        "messages",
                        Json.array(Json.object("role", "user", "content", "go")),
                        "tools",
                        new Json.Arr(offered))
                .toString();
    }
}
