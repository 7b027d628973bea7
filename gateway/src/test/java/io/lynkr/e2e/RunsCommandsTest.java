package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lynkr.config.ConfigException;
import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Json;
import io.lynkr.testing.ModelBlock;
import io.lynkr.testing.ProcessWatch;
import io.lynkr.testing.RawClient;
import io.lynkr.testing.TempWorkspace;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Commands that the gateway runs for a model: in a turn, and for MCP clients. Boxed in where a box
 * works on this machine.
 */
@Timeout(60)
class RunsCommandsTest {
    private final FakeUpstream upstream = new FakeUpstream();
    private final TempWorkspace files = TempWorkspace.create();
    private final ProcessWatch watch = new ProcessWatch();

    @AfterEach
    void stop() {
        upstream.close();
        files.close();
    }

    @Test
    void givesTheModelWhatACommandPrinted() {
        upstream.willAsk(shell("cat README.md")).thenSay("read");

        try (var gateway = gateway()) {
            var answer = gateway.messages(asking("look"));

            assertThat(answer.statusCode()).isEqualTo(200);
            var result = Json.parse(upstream.lastRequest().toolResult());
            assertThat(result.text("stdout")).isEqualTo("# A workspace for tests\n");
            assertThat(result.number("exit_code")).isZero();
            assertThat(Json.parse(answer.body()).get("content").at(1).isTrue("is_error")).isFalse();
        }
    }

    @Test
    void tellsTheModelThatACommandFailed() {
        upstream.willAsk(shell("exit 4")).thenSay("oh");

        try (var gateway = gateway()) {
            var answer = gateway.messages(asking("try"));

            var shown = Json.parse(answer.body()).get("content").at(1);
            assertThat(shown.text("type")).isEqualTo("mcp_tool_result");
            assertThat(shown.isTrue("is_error")).isTrue();
            assertThat(Json.parse(upstream.lastRequest().toolResult()).number("exit_code"))
                    .isEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git push origin main",
                "true && git -C . push",
                "bash -c 'git push'",
                "cat .env",
                "echo x > .git/hooks/pre-commit",
            })
    void deniesWhatThePolicyForbids(String line) {
        files.write(".env", "KEY=hunter2");
        upstream.willAsk(shell(line)).thenSay("so be it");

        try (var gateway = gateway()) {
            gateway.messages(asking("try"));

            assertThat(upstream.lastRequest().toolResult())
                    .contains("denied_by_policy")
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void countsCallsAndDecisions() {
        upstream.willAsk(shell("git push"), shell("exit 1"), shell("true")).thenSay("done");

        try (var gateway = gateway()) {
            gateway.messages(asking("try"));

            assertThat(gateway.get("/metrics/prometheus").body())
                    .contains("lynkr_tool_calls_total{result=\"denied\",tool=\"shell\"} 1")
                    .contains("lynkr_tool_calls_total{result=\"unsuccessful\",tool=\"shell\"} 1")
                    .contains("lynkr_tool_calls_total{result=\"done\",tool=\"shell\"} 1")
                    .containsPattern(
                            "lynkr_policy_decisions_total\\{decision=\"deny\",rule=\"git_push_[a-z]+\"")
                    .contains(
                            "lynkr_policy_decisions_total{decision=\"allow\",rule=\"\",tool=\"shell\"}"
                                + " 2");
        }
    }

    @Test
    void keepsTheGatewaysKeysFromCommands() {
        upstream.willAsk(shell("env; cat /proc/self/environ")).thenSay("seen");

        try (var gateway = gateway("SOME_OTHER_KEY", "not-yours")) {
            gateway.messages(asking("look"));

            assertThat(upstream.lastRequest().toolResult())
                    .contains("PATH=")
                    .doesNotContain("sk-test-upstream", "not-yours");
        }
    }

    @Test
    void killsEveryProcessWhenTheClientOfATurnLeaves() throws Exception {
        var started = ProcessWatch.pipe(files.path("started"));
        upstream.willAsk(shell(family() + "echo yes > started; sleep " + watch.mark()));

        try (var gateway = gateway();
                var client = RawClient.to(gateway.url())) {
            client.post("/v1/messages", asking("go"));
            assertThat(ProcessWatch.read(started)).isEqualTo("yes\n");
            assertThat(watch.alive()).hasSizeGreaterThanOrEqualTo(3);

            client.reset();

            watch.awaitEnd();
            assertThat(watch.alive()).isEmpty();
            assertThat(upstream.calls()).hasSize(1);
        }
    }

    @Test
    void killsEveryProcessWhenAnMcpClientLeaves() throws Exception {
        var started = ProcessWatch.pipe(files.path("started"));

        try (var gateway = gateway();
                var client = RawClient.to(gateway.url())) {
            client.header("accept", "application/json, text/event-stream");
            client.post(
                    "/mcp", call(family() + "echo yes > started; sleep " + watch.mark(), 900_000));
            assertThat(ProcessWatch.read(started)).isEqualTo("yes\n");
            assertThat(watch.alive()).hasSizeGreaterThanOrEqualTo(3);

            client.reset();

            watch.awaitEnd();
            assertThat(watch.alive()).isEmpty();
        }
    }

    @Test
    void killsEveryProcessWhenTheTimeIsUp() {
        try (var gateway = gateway()) {
            var reply =
                    gateway.post(
                            "/mcp",
                            call(family() + "sleep " + watch.mark(), 1_000).toString(),
                            "accept",
                            "application/json");

            var result = Json.parse(reply.body()).get("result");
            assertThat(result.isTrue("isError")).isTrue();
            assertThat(Json.parse(result.get("content").at(0).text("text")).isTrue("timed_out"))
                    .isTrue();
            assertThat(watch.alive()).isEmpty();
        }
    }

    @Test
    void killsEveryProcessWhenTheGatewayEnds() {
        var started = ProcessWatch.pipe(files.path("started"));

        try (var gateway = gateway();
                var client = gateway.raw()) {
            var body = call("echo yes > started; sleep " + watch.mark(), 900_000).toString();
            client.send(
                    "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: %d\r\n\r\n%s".formatted(body.length(), body));
            assertThat(ProcessWatch.read(started)).isEqualTo("yes\n");
            assertThat(watch.alive()).isNotEmpty();

            gateway.endInBackground();
            watch.awaitEnd();
        }
        assertThat(watch.alive()).isEmpty();
    }

    @Test
    void doesNotRunWithoutASandboxWherePeopleHaveTokens() {
        assertThatThrownBy(() -> gateway("ACCESS_TOKENS", "ann:token-of-ann"))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        refused ->
                                assertThat(refused.problems())
                                        .singleElement()
                                        .satisfies(
                                                problem ->
                                                        assertThat(problem.setting())
                                                                .isEqualTo("TOOLS_UNSANDBOXED")));
    }

    @Test
    void doesNotPassSecretsOn() {
        assertThatThrownBy(() -> gateway("MCP_SANDBOX_PASSTHROUGH_ENV", "PATH,ACCESS_TOKENS"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("MCP_SANDBOX_PASSTHROUGH_ENV");
    }

    @Test
    void refusesAWorkspaceThatIsNone() {
        assertThatThrownBy(() -> gateway("WORKSPACE_ROOT", files.path("nowhere").toString()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("WORKSPACE_ROOT");
    }

    /** Runs on any machine: where no box works, the switch lets commands run without one. */
    private TestGateway gateway(String... more) {
        var settings = new String[more.length + 4];
        System.arraycopy(more, 0, settings, 4, more.length);
        settings[0] = "WORKSPACE_ROOT";
        settings[1] = files.path().toString();
        settings[2] = "TOOLS_UNSANDBOXED";
        settings[3] = "true";
        return TestGateway.inFrontOf(upstream, settings);
    }

    /** A child, and a stubborn one that left its session, both in the background. */
    private String family() {
        return "sleep MARK & setsid bash -c 'trap \"\" TERM HUP INT; sleep MARK; sleep MARK' & "
                .replace("MARK", watch.mark());
    }

    private static ModelBlock shell(String line) {
        return ModelBlock.toolUse("shell", Json.object("command", line));
    }

    private static Json call(String line, int millis) {
        return Json.object(
                "jsonrpc",
                "2.0",
                "id",
                1,
                "method",
                "tools/call",
                "params",
                Json.object(
                        "name",
                        "shell",
                        "arguments",
                        Json.object("command", line, "timeout_ms", millis)));
    }

    private static String asking(String prompt) {
        return Json.object(
                        "model",
                        "claude-x",
                        "max_tokens",
                        100,
                        "messages",
                        Json.array(Json.object("role", "user", "content", prompt)),
                        "tools",
                        Json.array(
                                Json.object(
                                        "name",
                                        "shell",
                                        "input_schema",
                                        Json.object("type", "object"))))
                .toString();
    }
}
