package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Json;
import io.lynkr.testing.ModelBlock;
import io.lynkr.testing.TempWorkspace;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.stream.Stream;

/** What models do with git through the gateway. */
@Timeout(60)
class GovernsGitTest {
    private final FakeUpstream upstream = new FakeUpstream();
    private final TempWorkspace files = TempWorkspace.create();

    @AfterEach
    void stop() {
        upstream.close();
        files.close();
    }

    @Test
    void refusesToPush() {
        files.git("remote", "add", "origin", "https://git.example/x.git");
        upstream.willAsk(tool("workspace_git_push", "{}")).thenSay("so be it");

        try (var gateway = gateway("POLICY_GIT_ALLOW_PUSH", "false")) {
            gateway.messages(asking("push", "workspace_git_push"));

            assertThat(upstream.lastRequest().toolResult())
                    .contains("git_push_disabled", "POLICY_GIT_ALLOW_PUSH");
        }
    }

    @Test
    void commitsOnlyWhatPassesTheTests() {
        files.write("check.sh", "grep -q good state.txt\n");
        files.write("state.txt", "bad\n");
        upstream.willAsk(tool("workspace_git_stage", "{}"))
                .thenAsk(tool("workspace_git_commit", "{\"message\":\"Bad\"}"))
                .thenSay("blocked");

        try (var gateway =
                gateway(
                        "POLICY_GIT_TEST_COMMAND",
                        "sh check.sh",
                        "POLICY_GIT_REQUIRE_TESTS",
                        "true")) {
            gateway.messages(asking("commit", "workspace_git_stage", "workspace_git_commit"));
            assertThat(upstream.lastRequest().toolResult()).contains("tests_failed");
            assertThat(files.git("log", "--format=%s")).isEqualTo("Start");

            files.write("state.txt", "good\n");
            upstream.willAsk(tool("workspace_git_stage", "{}"))
                    .thenAsk(tool("workspace_git_commit", "{\"message\":\"Good\"}"))
                    .thenSay("done");
            gateway.messages(asking("again", "workspace_git_stage", "workspace_git_commit"));

            assertThat(upstream.lastRequest().toolResult()).contains("\"ran\":true");
            assertThat(files.git("log", "--format=%s")).isEqualTo("Good\nStart");
        }
    }

    @Test
    void deniesACommitByShellThatTheTestsHaveNotSeen() {
        files.write("state.txt", "new\n");
        files.git("add", "--all");
        upstream.willAsk(tool("shell", "{\"command\":\"git commit -m x\"}")).thenSay("so be it");

        try (var gateway = gateway("POLICY_GIT_REQUIRE_TESTS", "true")) {
            gateway.messages(asking("commit", "shell"));

            assertThat(upstream.lastRequest().toolResult()).contains("POLICY_GIT_REQUIRE_TESTS");
        }
    }

    /** Runs on any machine: where no box works, the switch lets the tests run without one. */
    private TestGateway gateway(String... more) {
        var settings = new String[more.length + 4];
        System.arraycopy(more, 0, settings, 4, more.length);
        settings[0] = "WORKSPACE_ROOT";
        settings[1] = files.path().toString();
        settings[2] = "TOOLS_UNSANDBOXED";
        settings[3] = "true";
        return TestGateway.inFrontOf(upstream, settings);
    }

    private static ModelBlock tool(String name, String input) {
        return ModelBlock.toolUse(name, Json.parse(input));
    }

    private static String asking(String prompt, String... tools) {
        var offered =
                Stream.of(tools)
                        .map(
                                name ->
                                        Json.object(
                                                "name",
                                                name,
                                                "input_schema",
                                                Json.object("type", "object")))
                        .toArray(Json[]::new);
        return Json.object(
                        "model",
                        "claude-x",
                        "max_tokens",
                        100,
                        "messages",
                        Json.array(Json.object("role", "user", "content", prompt)),
                        "tools",
                        Json.array((Object[]) offered))
                .toString();
    }
}
