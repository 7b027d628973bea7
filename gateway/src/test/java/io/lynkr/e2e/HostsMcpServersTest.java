package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Json;
import io.lynkr.testing.ModelBlock;
import io.lynkr.testing.StdioMcpServer;
import io.lynkr.testing.TempWorkspace;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** MCP servers behind the gateway: in a model's turn, and through /mcp. */
@Timeout(60)
class HostsMcpServersTest {
    private static final String STATELESS = "2026-07-28";

    private final FakeUpstream upstream = new FakeUpstream();
    private final TempWorkspace files = TempWorkspace.create();

    @AfterEach
    void stop() {
        upstream.close();
        files.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "modern", "fragile"})
    void runsAToolForTheModel(String manner) {
        name(server("notes", manner));
        upstream.willAsk(ModelBlock.toolUse("mcp_notes_echo", Json.object("text", "hi")))
                .thenSay("done");

        try (var gateway = gateway()) {
            gateway.messages(asking("mcp_notes_echo"));

            assertThat(upstream.lastRequest().toolResult()).isEqualTo("echo: hi");
        }
    }

    @Test
    void tellsTheModelOfTheToolInTheServersWords() {
        name(server("notes", "legacy"));
        upstream.willSay("fine");

        try (var gateway = gateway()) {
            gateway.messages(asking("mcp_notes_echo"));

            var tool = upstream.lastRequest().json().get("tools").at(0);
            assertThat(tool.text("description")).isEqualTo("Echoes.");
            assertThat(tool.get("input_schema").get("properties").has("text")).isTrue();
        }
    }

    @Test
    void runsAToolThroughMcp() {
        name(server("notes", "legacy"));

        try (var gateway = gateway()) {
            assertThat(names(gateway)).contains("mcp_notes_echo", "mcp_notes_structured");
            var echoed = call(gateway, "mcp_notes_echo", Json.object("text", "hi"));
            assertThat(echoed.get("content").at(0).text("text")).isEqualTo("echo: hi");
            var whole = call(gateway, "mcp_notes_structured", Json.object());
            assertThat(whole.get("structuredContent").number("n")).isEqualTo(1);
        }
    }

    @Test
    void callsAServerByItsName() {
        name(server("notes", "legacy"));

        try (var gateway = gateway()) {
            var echoed =
                    call(
                            gateway,
                            "workspace_mcp_call",
                            Json.object(
                                    "server",
                                    "notes",
                                    "method",
                                    "tools/call",
                                    "params",
                                    Json.object(
                                            "name",
                                            "echo",
                                            "arguments",
                                            Json.object("text", "raw"))));
            assertThat(echoed.get("content").at(0).text("text")).isEqualTo("echo: raw");
            var servers =
                    Json.parse(
                            call(gateway, "workspace_mcp_servers", Json.object())
                                    .get("content")
                                    .at(0)
                                    .text("text"));
            assertThat(servers.get("servers").at(0).text("state")).isEqualTo("running");
        }
    }

    private Json server(String id, String manner) {
        return StdioMcpServer.entry(id, manner, files.path("note"), Json.object());
    }

    private void name(Json... servers) {
        files.write(
                "mcp/servers.json",
                Json.object("servers", Json.array((Object[]) servers)).toString());
    }

    private TestGateway gateway(String... more) {
        var settings =
                new ArrayList<>(
                        List.of(
                                "WORKSPACE_ROOT", files.path().toString(),
                                "DATA_DIR", files.path("data").toString(),
                                "MCP_MANIFEST_DIRS", files.path("mcp").toString()));
        settings.addAll(Arrays.asList(more));
        return TestGateway.inFrontOf(upstream, settings.toArray(String[]::new));
    }

    private static List<String> names(TestGateway gateway) {
        return ask(gateway, "tools/list", Json.object()).get("tools").items().stream()
                .map(tool -> tool.text("name"))
                .toList();
    }

    private static Json call(TestGateway gateway, String tool, Json arguments) {
        return ask(gateway, "tools/call", Json.object("name", tool, "arguments", arguments));
    }

    private static Json ask(TestGateway gateway, String method, Json params) {
        var request = Json.object("jsonrpc", "2.0", "id", 1, "method", method, "params", params);
        return Json.parse(gateway.post("/mcp", request.toString()).body()).get("result");
    }

    private static String asking(String... tools) {
        var offered =
                Arrays.stream(tools)
                        .map(
                                name ->
                                        Json.object(
                                                "name",
                                                name,
                                                "input_schema",
                                                Json.object("type", "object")))
                        .toList();
        return Json.object(
                        "model",
                        "claude-x",
                        "max_tokens",
                        100,
                        "messages",
                        Json.array(Json.object("role", "user", "content", "go")),
                        "tools",
                        new Json.Arr(new ArrayList<>(offered)))
                .toString();
    }
}
