package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.testing.ClaudeCli;
import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Json;
import io.lynkr.testing.NeedsRealClients;
import io.lynkr.testing.TempWorkspace;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The real Claude Code with the gateway's tools mounted at {@code /mcp}: the model behind the
 * gateway calls them by Claude Code's names, and Claude Code carries the calls out.
 */
@Timeout(180)
@NeedsRealClients
class ClaudeCodeWithOurToolsIT {
    private final FakeUpstream upstream = new FakeUpstream();
    private final TempWorkspace files = TempWorkspace.create();
    private final TestGateway gateway =
            TestGateway.inFrontOf(
                    upstream,
                    "WORKSPACE_ROOT",
                    files.path().toString(),
                    "TOOLS_UNSANDBOXED",
                    "true",
                    "TOOLS_INJECT",
                    "exec");
    private ClaudeCli claude;

    @BeforeEach
    void mount() {
        claude = ClaudeCli.against(gateway.url(), files.path());
        var server = Json.object("type", "http", "url", gateway.url("/mcp").toString());
        claude.option(
                "--mcp-config",
                Json.object("mcpServers", Json.object("lynkr", server)).toString(),
                "--strict-mcp-config");
        claude.allow("mcp__lynkr__shell", "mcp__lynkr__python_exec");
    }

    @AfterEach
    void stop() {
        claude.close();
        gateway.close();
        upstream.close();
        files.close();
    }

    @Test
    void isConnectedAndKnowsTheTools() {
        var run = claude.ask("[[text:hello]]");

        var server =
                run.system("init").findFirst().orElseThrow().get("mcp_servers").items().getFirst();
        assertThat(server.text("name")).isEqualTo("lynkr");
        assertThat(server.text("status")).isEqualTo("connected");
        assertThat(run.text()).isEqualTo("hello");
    }

    @Test
    void isMountedByOneCommand() {
        var url = gateway.url("/mcp").toString();
        try (var plain = ClaudeCli.against(gateway.url(), files.path())) {
            plain.manage("mcp", "add", "--transport", "http", "lynkr", url);

            assertThat(plain.manage("mcp", "list")).contains(url).contains("Connected");
            var run = plain.allow("mcp__lynkr__shell").ask(shell("echo mounted"));
            assertThat(run.text()).contains("mounted");
        }
    }

    @Test
    void runsACommandInTheGateway() {
        var run = claude.ask(shell("echo from-$((40 + 2)) > made.txt; cat made.txt"));

        assertThat(run.toolNames()).containsExactly("mcp__lynkr__shell");
        var result = Json.parse(upstream.lastRequest().toolResult());
        assertThat(result.text("stdout")).isEqualTo("from-42\n");
        assertThat(result.number("exit_code")).isZero();
        assertThat(files.read("made.txt")).isEqualTo("from-42\n");
        assertThat(run.isError()).isFalse();
    }

    @Test
    void learnsOfADenialAndGoesOn() {
        var run = claude.ask(shell("git push origin main"));

        assertThat(run.toolResults().getFirst().isTrue("is_error")).isTrue();
        assertThat(run.text()).contains("POLICY_GIT_ALLOW_PUSH");
        assertThat(run.isError()).isFalse();
    }

    @Test
    void learnsThatACommandFailed() {
        var run = claude.ask(shell("echo broken >&2; exit 3"));

        assertThat(run.toolResults().getFirst().isTrue("is_error")).isTrue();
        assertThat(run.text()).contains("broken").contains("\"exit_code\":3");
    }

    @Test
    void readsALongResultWhole() {
        var run = claude.ask(shell("seq 100000"));

        assertThat(run.isError()).isFalse();
        assertThat(upstream.lastRequest().toolResult())
                .contains("left out")
                .contains("99999\\n100000\\n")
                .contains("\"stdout_overflow\":true");
    }

    @Test
    void getsNoToolsOfOursTwice() {
        claude.ask("[[text:hello]]");

        assertThat(upstream.lastRequest().model().tools())
                .extracting(tool -> tool.name())
                .contains("Bash")
                .doesNotContain("shell");
    }

    private static String shell(String line) {
        return "[[tool:mcp__lynkr__shell|" + Json.object("command", line) + "]]";
    }
}
