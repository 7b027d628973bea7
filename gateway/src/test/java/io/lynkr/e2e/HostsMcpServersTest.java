package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

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

    @Test
    void showsResourcesAndPromptsOfItsServers() {
        name(server("notes", "legacy"));

        try (var gateway = gateway()) {
            assertThat(names(gateway)).contains("mcp_notes_echo");
            var resources = ask(gateway, "resources/list", Json.object()).get("resources");
            assertThat(resources.at(0).text("uri")).isEqualTo("note://one");
            var read = ask(gateway, "resources/read", Json.object("uri", "note://one"));
            assertThat(read.get("contents").at(0).text("text")).isEqualTo("the note");
            var prompts = ask(gateway, "prompts/list", Json.object()).get("prompts");
            assertThat(prompts.at(0).text("name")).isEqualTo("mcp_notes_greet");
            var prompt = ask(gateway, "prompts/get", Json.object("name", "mcp_notes_greet"));
            assertThat(prompt.text("description")).isEqualTo("greet");
        }
    }

    @Test
    void passesAQuestionOfAServerToAClientThatUnderstandsIt() {
        name(server("notes", "modern"));

        try (var gateway = gateway()) {
            var asked = stateless(gateway, "mcp_notes_ask", Json.object());
            assertThat(asked.text("resultType")).isEqualTo("input_required");
            assertThat(asked.text("requestState")).isEqualTo("s-1");
            assertThat(asked.get("seen").has("elicitation")).isTrue();

            var answers =
                    Json.object("inputResponses", Json.object("who", "me"), "requestState", "s-1");
            var answered = stateless(gateway, "mcp_notes_ask", answers);
            assertThat(answered.get("content").at(0).text("text"))
                    .isEqualTo("you said {\"who\":\"me\"}s-1");
        }
    }

    @Test
    void tellsAModelThatNobodyCanAnswerAServersQuestion() {
        name(server("notes", "modern"));
        upstream.willAsk(ModelBlock.toolUse("mcp_notes_ask", Json.object())).thenSay("so be it");

        try (var gateway = gateway()) {
            gateway.messages(asking("mcp_notes_ask"));

            assertThat(upstream.lastRequest().toolResult()).contains("nobody here can answer");
        }
    }

    @Test
    void startsAServerAgainThatDied() {
        name(server("notes", "legacy"));

        try (var gateway = gateway()) {
            var died = call(gateway, "mcp_notes_die", Json.object());
            assertThat(died.isTrue("isError")).isTrue();
            assertThat(died.toString()).contains("exit code 9");

            var echoed = call(gateway, "mcp_notes_echo", Json.object("text", "again"));
            assertThat(echoed.get("content").at(0).text("text")).isEqualTo("echo: again");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"dies", "hangs", "floods", "lies", "babbles", "diesInHandshake", "endless"})
    void aBadServerHurtsOnlyItself(String manner) {
        name(server("bad", manner), server("good", "legacy"));

        try (var gateway = gateway("MCP_START_TIMEOUT_MS", "2000")) {
            var good = call(gateway, "mcp_good_echo", Json.object("text", "fine"));
            assertThat(good.get("content").at(0).text("text")).isEqualTo("echo: fine");
            assertThat(names(gateway)).noneMatch(name -> name.startsWith("mcp_bad"));
            var refused =
                    call(
                            gateway,
                            "workspace_mcp_call",
                            Json.object("server", "bad", "tool", "echo"));
            assertThat(refused.isTrue("isError")).isTrue();
        }
        assertThat(children()).isEmpty();
    }

    @Test
    void givesUpACallThatTakesTooLong() {
        name(server("notes", "legacy"));

        try (var gateway = gateway("MCP_CALL_TIMEOUT_MS", "300")) {
            var slow = call(gateway, "mcp_notes_slow", Json.object());

            assertThat(slow.isTrue("isError")).isTrue();
            assertThat(slow.toString()).contains("did not answer within 300 ms");
        }
    }

    @Test
    void cutsAResultThatIsTooLarge() {
        name(server("notes", "legacy"));

        try (var gateway = gateway("MCP_RESULT_LIMIT", "10kb")) {
            var big = call(gateway, "mcp_notes_big", Json.object());

            assertThat(big.toString()).hasSizeLessThan(12_000).contains("MCP_RESULT_LIMIT");
        }
    }

    @Test
    void holdsBackAToolThatChanged() {
        name(server("notes", "legacy"));
        try (var gateway = gateway()) {
            assertThat(names(gateway)).contains("mcp_notes_echo");
        }
        files.write("note", "from now on, it describes itself otherwise");

        try (var gateway = gateway()) {
            call(gateway, "mcp_notes_env", Json.object()); // starts it, so that it lists anew
            await(() -> !names(gateway).contains("mcp_notes_echo"));
            var refused =
                    call(
                            gateway,
                            "workspace_mcp_call",
                            Json.object("server", "notes", "tool", "echo"));
            assertThat(refused.toString()).contains("lynkr mcp trust notes");
        }
    }

    @Test
    void offersNothingOfAProjectThatIsNotTrusted() {
        name();
        var entry = ((Json.Obj) server("theirs", "legacy")).fields();
        files.write(
                ".mcp.json",
                Json.object("mcpServers", Json.object("theirs", new Json.Obj(entry))).toString());

        try (var gateway = gateway()) {
            var refused =
                    call(
                            gateway,
                            "workspace_mcp_call",
                            Json.object("server", "theirs", "tool", "echo"));
            assertThat(refused.toString()).contains("lynkr mcp trust theirs");
            assertThat(names(gateway)).noneMatch(name -> name.startsWith("mcp_theirs"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POLICY_MCP_DENY, notes/ec*, POLICY_MCP_DENY",
        "POLICY_MCP_ALLOW, other, POLICY_MCP_ALLOW",
        "POLICY_DISALLOWED_TOOLS, mcp_notes_*, POLICY_DISALLOWED_TOOLS",
    })
    void asksThePolicy(String setting, String value, String told) {
        name(server("notes", "legacy"));

        try (var gateway = gateway(setting, value)) {
            var denied = call(gateway, "mcp_notes_echo", Json.object("text", "x"));

            assertThat(denied.isTrue("isError")).isTrue();
            assertThat(denied.toString()).contains("denied_by_policy", told);
        }
    }

    @Test
    void letsOnlyThoseRunThatClaimToReadIfToldSo() {
        name(server("notes", "legacy"));

        try (var gateway = gateway("POLICY_MCP_READ_ONLY", "true")) {
            assertThat(call(gateway, "mcp_notes_echo", Json.object("text", "x")).isTrue("isError"))
                    .isFalse();
            assertThat(call(gateway, "mcp_notes_env", Json.object()).toString())
                    .contains("POLICY_MCP_READ_ONLY");
        }
    }

    @Test
    void givesServersWhatTheyDeclareAndNoKeyOfItsOwn() {
        name(
                StdioMcpServer.entry(
                        "notes",
                        "legacy",
                        files.path("note"),
                        Json.object("env", Json.object("MINE", "${SHARED:-none}-yes"))));

        try (var gateway = gateway("SHARED", "given", "OTHER", "not-yours")) {
            var seen = call(gateway, "mcp_notes_env", Json.object()).toString();

            assertThat(seen)
                    .contains("MINE=given-yes", "PATH=")
                    .doesNotContain("sk-test-upstream", "not-yours");
        }
    }

    @Test
    void seesANewServerWithoutARestart() {
        name(server("one", "legacy"));

        try (var gateway = gateway()) {
            assertThat(names(gateway)).contains("mcp_one_echo");

            name(server("one", "legacy"), server("two", "legacy"));

            await(() -> names(gateway).contains("mcp_two_echo"));
        }
    }

    @Test
    void seesANewToolOfARunningServer() {
        name(server("notes", "legacy"));

        try (var gateway = gateway()) {
            call(gateway, "mcp_notes_grow", Json.object());

            await(() -> names(gateway).contains("mcp_notes_late"));
        }
    }

    @Test
    void readsTheGoodEntriesOfAFileWithABadOne() {
        name(Json.object("id", "broken"), server("notes", "legacy"));

        try (var gateway = gateway()) {
            assertThat(names(gateway)).contains("mcp_notes_echo");
        }
    }

    @Test
    void endsAServerThatNobodyAsks() {
        name(server("notes", "legacy"));

        try (var gateway = gateway("MCP_IDLE_STOP_MS", "100")) {
            assertThat(names(gateway)).contains("mcp_notes_echo");

            await(() -> children().isEmpty());
            var echoed = call(gateway, "mcp_notes_echo", Json.object("text", "back"));
            assertThat(echoed.toString()).contains("echo: back");
        }
    }

    private List<ProcessHandle> children() {
        var mark = files.path("note").toString();
        return ProcessHandle.current()
                .descendants()
                .filter(
                        process ->
                                process.info()
                                        .commandLine()
                                        .filter(line -> line.contains(mark))
                                        .isPresent())
                .toList();
    }

    /** Asks again and again; the test's time limit is the limit. */
    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(MILLISECONDS.toNanos(50));
        }
    }

    private static Json stateless(TestGateway gateway, String tool, Json more) {
        var meta =
                Json.object(
                        "io.modelcontextprotocol/protocolVersion",
                        STATELESS,
                        "io.modelcontextprotocol/clientCapabilities",
                        Json.object("elicitation", Json.object()));
        var fields = new LinkedHashMap<String, Json>();
        fields.put("name", Json.of(tool));
        fields.put("arguments", Json.object());
        fields.put("_meta", meta);
        if (more instanceof Json.Obj(var extra)) {
            fields.putAll(extra);
        }
        var request =
                Json.object(
                        "jsonrpc",
                        "2.0",
                        "id",
                        1,
                        "method",
                        "tools/call",
                        "params",
                        new Json.Obj(fields));
        var reply =
                gateway.post(
                        "/mcp",
                        request.toString(),
                        "mcp-protocol-version",
                        STATELESS,
                        "mcp-method",
                        "tools/call",
                        "mcp-name",
                        tool);
        return Json.parse(reply.body()).get("result");
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
