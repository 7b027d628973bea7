package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Gate;
import io.lynkr.testing.Json;
import io.lynkr.testing.ModelBlock;
import io.lynkr.testing.RawClient;
import io.lynkr.testing.TempWorkspace;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** What is kept of sessions, through the whole gateway. */
@Timeout(60)
class KeepsTranscriptsTest {
    private final FakeUpstream upstream = new FakeUpstream();
    private final TempWorkspace files = TempWorkspace.create();

    @TempDir private Path data;

    @AfterEach
    void close() {
        upstream.close();
        files.close();
    }

    private Path database() {
        return data.resolve("lynkr.db");
    }

    private TestGateway gateway(String... more) {
        var settings = new String[more.length + 6];
        System.arraycopy(more, 0, settings, 6, more.length);
        settings[0] = "WORKSPACE_ROOT";
        settings[1] = files.path().toString();
        settings[2] = "TOOLS_UNSANDBOXED";
        settings[3] = "true";
        settings[4] = "SESSION_DB_PATH";
        settings[5] = database().toString();
        return TestGateway.inFrontOf(upstream, settings);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsATurnStreamedOrWhole(boolean stream) {
        upstream.willSay("hello you");

        try (var gateway = gateway()) {
            gateway.messages(request(stream, user("hi")), "x-session-id", "s1");

            var session = session(gateway, "s1");
            assertThat(session.string("id")).contains("s1");
            assertThat(session.integer("createdAt").orElseThrow())
                    .isGreaterThan(1_700_000_000_000L);
            var history = session.objects("history");
            assertThat(roles(history)).containsExactly("user", "assistant");
            assertThat(history.get(0).string("content")).contains("hi");
            var answer = history.get(1);
            assertThat(answer.string("status")).contains("served");
            assertThat(answer.object("content").orElseThrow().objects("content"))
                    .singleElement()
                    .satisfies(text -> assertThat(text.string("text")).contains("hello you"));
            var about = answer.object("metadata").orElseThrow();
            assertThat(about.string("model")).contains("claude-x");
            assertThat(about.object("usage").orElseThrow().integer("output_tokens").orElse(0))
                    .isPositive();
        }
    }

    @Test
    void keepsEachMessageOnceAndOverARestart() throws IOException {
        upstream.willSay("one").thenSay("two").thenSay("three");

        try (var gateway = gateway()) {
            gateway.messages(request(true, user("a")), "x-session-id", "s1");
            gateway.messages(
                    request(true, user("a"), said("one"), user("b")), "x-session-id", "s1");
        }
        try (var gateway = gateway()) {
            gateway.messages(
                    request(false, user("a"), said("one"), user("b"), said("two"), user("c")),
                    "x-session-id",
                    "s1");

            var history = session(gateway, "s1").objects("history");
            assertThat(roles(history))
                    .containsExactly("user", "assistant", "user", "assistant", "user", "assistant");
            assertThat(history.get(4).object("metadata").orElseThrow().string("history"))
                    .contains("continues");
        }
        assertThat(Files.getPosixFilePermissions(database())).hasSize(2);
    }

    @Test
    void readsByPage() {
        try (var gateway = gateway()) {
            for (var text : List.of("a", "b", "c")) {
                gateway.messages(request(false, user(text)), "x-session-id", "s1");
            }

            var first = session(gateway, "s1", "?limit=2");
            var next = first.integer("next").orElseThrow();
            var second = session(gateway, "s1", "?limit=2&after=" + next);

            assertThat(roles(first.objects("history"))).hasSize(4);
            assertThat(second.objects("history").getFirst().string("content")).contains("c");
            assertThat(second.integer("next")).isEmpty();
        }
    }

    @Test
    void keepsAgentsApartAndTellsAnEditedHistory() {
        upstream.willSay("one").thenSay("sub").thenSay("two").thenSay("other");

        try (var gateway = gateway()) {
            gateway.messages(request(false, user("a")), "x-session-id", "s1");
            gateway.messages(
                    request(false, user("a")),
                    "x-claude-code-session-id",
                    "s1",
                    "x-claude-code-agent-id",
                    "helper");
            gateway.messages(
                    request(false, user("a"), said("one"), user("b")), "x-session-id", "s1");
            gateway.messages(
                    request(false, user("a"), said("one"), user("B")), "x-session-id", "s1");

            var users =
                    session(gateway, "s1").objects("history").stream()
                            .filter(entry -> entry.string("role").orElse("").equals("user"))
                            .map(entry -> entry.object("metadata").orElseThrow())
                            .toList();
            assertThat(users)
                    .extracting(about -> about.string("history").orElse(""))
                    .containsExactly("begins", "begins", "continues", "branches");
            assertThat(users)
                    .extracting(about -> about.string("agent").orElse(""))
                    .containsExactly("", "helper", "", "");
        }
    }

    @Test
    void keepsWhatToolsDidAndWhatPolicySaid() {
        upstream.willAsk(shell("cat README.md"), shell("git push")).thenSay("done");

        try (var gateway = gateway()) {
            gateway.messages(
                    Json.object(
                                    "model",
                                    "claude-x",
                                    "max_tokens",
                                    100,
                                    "stream",
                                    true,
                                    "messages",
                                    Json.array(Json.object("role", "user", "content", "go")),
                                    "tools",
                                    Json.array(
                                            Json.object(
                                                    "name",
                                                    "shell",
                                                    "input_schema",
                                                    Json.object("type", "object"))))
                            .toString(),
                    "x-session-id",
                    "s1");

            var history = session(gateway, "s1").objects("history");
            assertThat(roles(history)).containsExactly("user", "tool", "tool", "assistant");
            assertThat(history.get(1).string("status")).contains("done");
            assertThat(tool(history.get(1)).string("decision")).contains("allow");
            assertThat(tool(history.get(2)).string("decision")).contains("deny");
            assertThat(tool(history.get(2)).string("reason").orElseThrow())
                    .contains("POLICY_GIT_ALLOW_PUSH");
            assertThat(history.get(3).toString()).contains("mcp_tool_use", "done");
        }
    }

    @Test
    void keepsFailures() {
        upstream.willFail(529, "busy");

        try (var gateway = gateway()) {
            gateway.messages(request(true, user("hi")), "x-session-id", "s1");

            var last = session(gateway, "s1").objects("history").getLast();
            assertThat(last.string("type")).contains("error");
            assertThat(last.object("content").orElseThrow().string("message")).contains("busy");
            assertThat(last.string("status")).contains("upstream_unavailable");
        }
    }

    @Test
    void keepsWhatCameBeforeAnAnswerBrokeOff() {
        upstream.willSay("a long answer that breaks off");
        upstream.answerWith(request -> upstream.modelReply(request).cutAfterFrames(4));

        try (var gateway = gateway()) {
            gateway.messages(request(true, user("hi")), "x-session-id", "s1");

            var history = session(gateway, "s1").objects("history");
            assertThat(history)
                    .extracting(entry -> entry.string("type").orElse(""))
                    .containsExactly("message", "message", "error");
            var about = history.get(1).object("metadata").orElseThrow();
            assertThat(about.bool("answerIsComplete")).contains(false);
            assertThat(about.string("outcome").orElse("")).startsWith("upstream_");
        }
    }

    @Test
    void keepsThatTheClientLeft() throws IOException {
        var gate = new Gate();
        upstream.answerWith(request -> upstream.modelReply(request).holdBefore(4, gate));

        try (var gateway = gateway();
                var client = RawClient.to(gateway.url())) {
            client.header("x-session-id", "s1").post("/v1/messages", request(true, user("hi")));
            assertThat(client.nextEvent()).isPresent();

            client.reset();

            while (status(gateway) == 404) {
                Thread.onSpinWait();
            }
            assertThat(session(gateway, "s1").objects("history").getLast().string("status"))
                    .contains("client_cancelled");
        } finally {
            gate.open();
        }
    }

    @Test
    void masksTheGatewaysKeysAndWhatLooksLikeOne() throws IOException {
        upstream.willSay("your key is sk-test-upstream");

        try (var gateway = gateway()) {
            gateway.messages(
                    request(true, user("use ghp_abcdefghijklmnopqrstuvwxyz0123")),
                    "x-session-id",
                    "s1");

            assertThat(session(gateway, "s1").toString())
                    .contains("use ***", "your key is ***")
                    .doesNotContain("sk-test-upstream", "ghp_");
        }
        assertThat(Files.readString(database(), ISO_8859_1))
                .doesNotContain("sk-test-upstream", "ghp_");
    }

    @Test
    void probesCountsAndNamelessRequestsMakeNoSession() throws SQLException {
        try (var gateway = gateway()) {
            var named = new String[] {"x-session-id", "s1"};
            gateway.get("/health", named);
            gateway.get("/metrics/prometheus", named);
            gateway.get("/v1/models", named);
            gateway.post("/v1/messages/count_tokens", request(false, user("hi")), named);
            gateway.messages(request(false, user("hi")));

            assertThat(gateway.get("/debug/session", named).statusCode()).isEqualTo(404);
        }
        assertThat(storedTurns()).isZero();
    }

    @Test
    void keepsNothingWhenItIsOff() throws SQLException {
        try (var gateway = gateway("SESSION_TRANSCRIPTS", "false")) {
            gateway.messages(request(true, user("hi")), "x-session-id", "s1");

            assertThat(gateway.get("/debug/session", "x-session-id", "s1").statusCode())
                    .isEqualTo(404);
        }
        assertThat(storedTurns()).isZero();
    }

    @Test
    void answersThoughNothingCanBeKept() throws IOException {
        Files.createFile(data.resolve("a-file"));
        upstream.willSay("hello");

        try (var gateway = gateway("SESSION_DB_PATH", data.resolve("a-file/lynkr.db").toString())) {
            var reply = gateway.messages(request(false, user("hi")), "x-session-id", "s1");

            assertThat(reply.body()).contains("hello");
            assertThat(gateway.get("/debug/session", "x-session-id", "s1").statusCode())
                    .isEqualTo(500);
            assertThat(gateway.get("/metrics/prometheus").body())
                    .contains("lynkr_transcript_turns_total{result=\"failed\"} 1");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noClientWaitsForTheDisk(boolean stream) throws SQLException {
        try (var gateway = gateway()) {
            gateway.messages(request(false, user("first")), "x-session-id", "s1");
            session(gateway, "s1");
            try (var other = DriverManager.getConnection("jdbc:sqlite:" + database());
                    var statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                upstream.willSay("at once");

                var reply = gateway.messages(request(stream, user("hi")), "x-session-id", "s1");

                assertThat(reply.body()).contains("at once");
                try (var rows = statement.executeQuery("SELECT count(*) FROM session_turns")) {
                    assertThat(rows.getInt(1)).as("nothing could be written yet").isEqualTo(1);
                }
                statement.execute("ROLLBACK");
            }
            assertThat(session(gateway, "s1").toString()).contains("at once");
        }
    }

    @Test
    void showsTheSessionsOfTheCallersTokenOnly() {
        try (var gateway =
                TestGateway.inFrontOf(
                        upstream, "ACCESS_TOKENS", "ann:token-of-ann,bob:token-of-bob")) {
            gateway.messages(
                    request(false, user("hi")), "x-session-id", "s1", "x-api-key", "token-of-ann");

            assertThat(status(gateway, "x-api-key", "token-of-ann")).isEqualTo(200);
            assertThat(status(gateway, "x-api-key", "token-of-bob")).isEqualTo(404);
            assertThat(status(gateway)).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @CsvSource({"?limit=0, limit", "?limit=many, limit", "?limit=501, limit", "?after=-1, after"})
    void refusesPagesThatAreNone(String query, String name) {
        try (var gateway = gateway()) {
            var reply = gateway.get("/debug/session" + query, "x-session-id", "s1");

            assertThat(reply.statusCode()).isEqualTo(400);
            assertThat(reply.body()).contains(name + " must be");
        }
    }

    @Test
    void needsToKnowTheSession() {
        try (var gateway = gateway()) {
            assertThat(gateway.get("/debug/session").statusCode()).isEqualTo(400);
        }
    }

    private int storedTurns() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM session_turns")) {
            return rows.getInt(1);
        }
    }

    private static int status(TestGateway gateway, String... headers) {
        var all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "x-session-id";
        all[1] = "s1";
        return gateway.get("/debug/session", all).statusCode();
    }

    private static JsonObject session(TestGateway gateway, String id) {
        return session(gateway, id, "");
    }

    private static JsonObject session(TestGateway gateway, String id, String query) {
        var reply = gateway.get("/debug/session" + query, "x-session-id", id);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return JsonObject.parse(reply.body()).object("session").orElseThrow();
    }

    private static List<String> roles(List<JsonObject> history) {
        return history.stream().map(entry -> entry.string("role").orElse("")).toList();
    }

    private static JsonObject tool(JsonObject entry) {
        return entry.object("metadata").orElseThrow().object("tool").orElseThrow();
    }

    private static ModelBlock shell(String line) {
        return ModelBlock.toolUse("shell", Json.object("command", line));
    }

    private static JsonObject user(String text) {
        return JsonObject.of("role", "user").with("content", text);
    }

    private static JsonObject said(String text) {
        return JsonObject.of("role", "assistant").with("content", text);
    }

    private static String request(boolean stream, JsonObject... messages) {
        return JsonObject.of("model", "claude-x")
                .with("max_tokens", 100)
                .with("stream", stream)
                .with("messages", JsonArray.of(messages))
                .toString();
    }
}
