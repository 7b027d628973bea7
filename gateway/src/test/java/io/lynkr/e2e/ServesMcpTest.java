package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.Json;
import io.lynkr.testing.ProcessWatch;
import io.lynkr.testing.RawClient;
import io.lynkr.testing.TempWorkspace;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The face for MCP clients at /mcp, in both eras of the protocol. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServesMcpTest {
    private static final String NEWEST = "2026-07-28";
    private static final String BOTH = "application/json, text/event-stream";

    private TempWorkspace files;
    private TestGateway gateway;

    @BeforeAll
    void start() {
        files = TempWorkspace.create();
        gateway =
                TestGateway.with(
                        "MODEL_PROVIDER",
                        "demo",
                        "WORKSPACE_ROOT",
                        files.path().toString(),
                        "TOOLS_UNSANDBOXED",
                        "true",
                        "STREAM_PING_INTERVAL_MS",
                        "100");
    }

    @AfterAll
    void stop() {
        gateway.close();
        files.close();
    }

    // ------------------------------------------------------------------ with a handshake

    @ParameterizedTest
    @CsvSource({
        "2025-11-25, 2025-11-25",
        "2025-06-18, 2025-06-18",
        "2025-03-26, 2025-03-26",
        "2024-11-05, 2024-11-05",
        "1999-01-01, 2025-11-25",
    })
    void settlesOnAVersion(String wanted, String settled) {
        var reply =
                post(
                        request(
                                "initialize",
                                Json.object(
                                        "protocolVersion",
                                        wanted,
                                        "capabilities",
                                        Json.object(),
                                        "clientInfo",
                                        Json.object("name", "test", "version", "1"))));

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().map()).doesNotContainKey("mcp-session-id");
        var result = result(reply);
        assertThat(result.text("protocolVersion")).isEqualTo(settled);
        assertThat(result.get("serverInfo").text("name")).isEqualTo("lynkr");
        assertThat(result.get("capabilities").has("tools")).isTrue();
        assertThat(result.text("instructions")).isNotEmpty().hasSizeLessThan(500);
        assertThat(result.has("resultType")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"notifications/initialized", "notifications/cancelled"})
    void takesNotificationsWithoutAWord(String method) {
        var reply = post(Json.object("jsonrpc", "2.0", "method", method));

        assertThat(reply.statusCode()).isEqualTo(202);
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void answersAPing() {
        assertThat(result(post(request("ping", Json.object())))).isEqualTo(Json.object());
    }

    @Test
    void listsToolsWithTheirSchemas() {
        var tools = result(post(request("tools/list", Json.object()))).get("tools").items();

        var shell =
                tools.stream()
                        .filter(t -> t.text("name").equals("shell"))
                        .findFirst()
                        .orElseThrow();
        assertThat(shell.text("description")).contains("bash");
        assertThat(shell.get("inputSchema").text("type")).isEqualTo("object");
        assertThat(shell.get("inputSchema").get("properties").has("command")).isTrue();
        assertThat(shell.get("annotations").isTrue("destructiveHint")).isTrue();
        assertThat(tools).extracting(tool -> tool.text("name")).doesNotHaveDuplicates();
    }

    @Test
    void runsATool() {
        var result = result(post(shell("echo from-$((40 + 2)); exit 3", Json.object())));

        assertThat(result.isTrue("isError")).isTrue();
        assertThat(result.has("structuredContent")).isFalse();
        var report = Json.parse(result.get("content").at(0).text("text"));
        assertThat(report.text("stdout")).isEqualTo("from-42\n");
        assertThat(report.number("exit_code")).isEqualTo(3);
    }

    @Test
    void showsADenialAsAResult() {
        var result = result(post(shell("git push", Json.object())));

        assertThat(result.isTrue("isError")).isTrue();
        assertThat(result.get("content").at(0).text("text")).contains("POLICY_GIT_ALLOW_PUSH");
    }

    @Test
    void answersAnOldClientsMistakesWith200() {
        var unknown = post(request("tools/fetch", Json.object()));
        var noTool = post(request("tools/call", Json.object("name", "nothing")));

        assertThat(unknown.statusCode()).isEqualTo(200);
        assertThat(code(unknown)).isEqualTo(-32601);
        assertThat(noTool.statusCode()).isEqualTo(200);
        assertThat(code(noTool)).isEqualTo(-32602);
    }

    @Test
    void answersABatch() {
        var batch =
                Json.array(
                        request("ping", Json.object()),
                        Json.object("jsonrpc", "2.0", "method", "notifications/initialized"),
                        Json.of(7),
                        request("tools/list", Json.object()));

        var reply = gateway.post("/mcp", batch.toString());

        var answers = Json.parse(reply.body()).items();
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(answers).hasSize(3);
        assertThat(answers.get(0).get("result")).isEqualTo(Json.object());
        assertThat(answers.get(1).get("error").number("code")).isEqualTo(-32600);
        assertThat(answers.get(2).get("result").has("tools")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{nonsense            | -32700",
                "[]                   | -32600",
                "3                    | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1} | -32600",
            })
    void refusesWhatIsNoMessage(String body, long code) {
        var reply = gateway.post("/mcp", body);

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo(code);
    }

    // ------------------------------------------------------------------ stateless

    @Test
    void tellsWhatItIsWhenDiscovered() {
        var reply = stateless("server/discover", Json.object());

        var result = result(reply);
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(result.get("supportedVersions").items()).contains(Json.of(NEWEST));
        assertThat(result.get("capabilities").has("tools")).isTrue();
        assertThat(result.text("resultType")).isEqualTo("complete");
        assertThat(result.text("cacheScope")).isEqualTo("private");
        assertThat(result.number("ttlMs")).isPositive();
        assertThat(result.get("_meta").get("io.modelcontextprotocol/serverInfo").text("name"))
                .isEqualTo("lynkr");
    }

    @Test
    void listsAndRunsToolsStatelessly() {
        var list = result(stateless("tools/list", Json.object()));
        var call =
                result(
                        stateless(
                                "tools/call",
                                Json.object(
                                        "name",
                                        "shell",
                                        "arguments",
                                        Json.object("command", "echo here"))));

        assertThat(list.get("tools").items()).isNotEmpty();
        assertThat(list.number("ttlMs")).isPositive();
        assertThat(call.text("resultType")).isEqualTo("complete");
        assertThat(call.get("content").at(0).text("text")).contains("here\\n");
    }

    @Test
    void readsANameInBase64() {
        var encoded =
                "=?base64?"
                        + Base64.getEncoder()
                                .encodeToString("shell".getBytes(StandardCharsets.UTF_8))
                        + "?=";
        var body =
                request(
                        "tools/call",
                        withMeta(
                                Json.object(
                                        "name",
                                        "shell",
                                        "arguments",
                                        Json.object("command", "true")),
                                NEWEST));

        var reply = send(body, NEWEST, "tools/call", encoded);

        assertThat(reply.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "2025-11-25, tools/call, shell",
        "2026-07-28, tools/list, shell",
        "2026-07-28, tools/call, other",
        "2026-07-28, '', shell",
        "2026-07-28, tools/call, ''",
        "'', tools/call, shell",
    })
    void refusesHeadersThatSayAnythingElse(String version, String method, String name) {
        var body =
                request(
                        "tools/call",
                        withMeta(
                                Json.object(
                                        "name",
                                        "shell",
                                        "arguments",
                                        Json.object("command", "touch wrong-headers")),
                                NEWEST));

        var reply = send(body, version, method, name);

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo(-32020);
        assertThat(files.exists("wrong-headers")).isFalse();
    }

    @Test
    void refusesAVersionThatDoesNotExist() {
        var reply =
                send(
                        request("tools/list", withMeta(Json.object(), "2031-01-01")),
                        "2031-01-01",
                        "tools/list",
                        "");

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo(-32022);
        assertThat(Json.parse(reply.body()).get("error").get("data").get("supported").items())
                .contains(Json.of(NEWEST));
    }

    @Test
    void refusesARequestThatDoesNotSayWhatTheClientCan() {
        var meta = Json.object("io.modelcontextprotocol/protocolVersion", NEWEST);

        var reply =
                send(request("tools/list", Json.object("_meta", meta)), NEWEST, "tools/list", "");

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo(-32602);
    }

    @ParameterizedTest
    @ValueSource(strings = {"initialize", "ping", "resources/subscribe", "logging/setLevel"})
    void answersUnknownMethodsWith404(String method) {
        var reply = stateless(method, Json.object());

        assertThat(reply.statusCode()).isEqualTo(404);
        assertThat(code(reply)).isEqualTo(-32601);
    }

    // ------------------------------------------------------------------ over HTTP

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    void takesPostsOnly(String method) {
        var reply =
                gateway.send(
                        gateway.request("/mcp")
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build());

        assertThat(reply.statusCode()).isEqualTo(405);
        assertThat(reply.headers().firstValue("allow")).hasValue("POST");
    }

    @Test
    void refusesWebPages() {
        var reply =
                gateway.post(
                        "/mcp",
                        request("ping", Json.object()).toString(),
                        "origin",
                        "https://page.example");

        assertThat(reply.statusCode()).isEqualTo(403);
    }

    @Test
    void tellsHowACallGetsOn() throws Exception {
        try (var client = RawClient.to(gateway.url())) {
            client.header("accept", BOTH);
            client.post(
                    "/mcp",
                    shell(
                            "echo working",
                            Json.object("_meta", Json.object("progressToken", "p1"))));

            var events = client.events();

            assertThat(client.header("x-accel-buffering")).contains("no");
            var progress = events.getFirst().json();
            assertThat(progress.text("method")).isEqualTo("notifications/progress");
            assertThat(progress.get("params").text("progressToken")).isEqualTo("p1");
            assertThat(progress.get("params").text("message")).isEqualTo("working");
            assertThat(progress.get("params").number("progress")).isEqualTo(1);
            assertThat(events.getLast().json().get("result").has("content")).isTrue();
            assertThat(events).hasSize(2);
        }
    }

    @Test
    void showsLifeWhileACallTakesItsTime() throws Exception {
        var go = ProcessWatch.pipe(files.path("go"));
        try (var client = RawClient.to(gateway.url())) {
            client.header("accept", BOTH);
            client.post("/mcp", shell("cat go", Json.object()));
            var before = new ArrayList<String>();
            for (int comments = 0; comments < 3; ) {
                var line = client.nextLine().orElseThrow();
                before.add(line);
                comments += line.startsWith(":") ? 1 : 0;
            }

            Files.writeString(go, "at last");

            assertThat(before).allMatch(line -> line.isEmpty() || line.startsWith(":"));
            var answer = client.nextEvent().orElseThrow().json().get("result");
            assertThat(answer.get("content").at(0).text("text")).contains("at last");
        }
    }

    // ------------------------------------------------------------------ what clients send

    private HttpResponse<String> post(Json message) {
        return gateway.post("/mcp", message.toString(), "accept", "application/json");
    }

    private HttpResponse<String> stateless(String method, Json params) {
        return send(request(method, withMeta(params, NEWEST)), NEWEST, method, params.text("name"));
    }

    /** Empty texts stand for headers that are not sent. */
    private HttpResponse<String> send(Json body, String version, String method, String name) {
        var headers = new ArrayList<>(List.of("accept", "application/json"));
        add(headers, "mcp-protocol-version", version);
        add(headers, "mcp-method", method);
        add(headers, "mcp-name", name);
        return gateway.post("/mcp", body.toString(), headers.toArray(String[]::new));
    }

    private static void add(List<String> headers, String name, String value) {
        if (!value.isEmpty()) {
            headers.addAll(List.of(name, value));
        }
    }

    private static Json withMeta(Json params, String version) {
        return params.with(
                "_meta",
                Json.object(
                        "io.modelcontextprotocol/protocolVersion",
                        version,
                        "io.modelcontextprotocol/clientCapabilities",
                        Json.object()));
    }

    private static Json request(String method, Json params) {
        return Json.object("jsonrpc", "2.0", "id", 5, "method", method, "params", params);
    }

    private static Json shell(String line, Json params) {
        return request(
                "tools/call",
                params.with("name", "shell").with("arguments", Json.object("command", line)));
    }

    private static Json result(HttpResponse<String> reply) {
        var json = Json.parse(reply.body());
        assertThat(json.has("error")).as(reply.body()).isFalse();
        assertThat(json.number("id")).isEqualTo(5);
        return json.get("result");
    }

    private static long code(HttpResponse<String> reply) {
        return Json.parse(reply.body()).get("error").number("code");
    }
}
