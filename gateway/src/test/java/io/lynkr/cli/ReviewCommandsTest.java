package io.lynkr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.json.JsonObject;
import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.TempWorkspace;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code lynkr diff}, {@code review}, {@code test} and {@code release-notes}. */
@Timeout(60)
class ReviewCommandsTest {
    private final TempWorkspace files = TempWorkspace.create();
    private final FakeUpstream upstream = new FakeUpstream();
    private final TestCli cli =
            TestCli.with(
                    "WORKSPACE_ROOT", files.path().toString(),
                    "TOOLS_UNSANDBOXED", "true",
                    "SESSION_DB_PATH", ":memory:",
                    "WORKSPACE_TEST_COMMAND", "sh check.sh",
                    "MODEL_PROVIDER", "anthropic",
                    "ANTHROPIC_UPSTREAM_URL", upstream.url().toString(),
                    "ANTHROPIC_UPSTREAM_API_KEY", "sk-test-upstream");

    @AfterEach
    void close() {
        upstream.close();
        files.close();
    }

    @Test
    void showsRiskWithReasons() {
        files.write("Auth.java", "class Auth {}\n");
        files.git("add", "--all");

        int code = cli.run("diff");

        assertThat(code).as(cli.toString()).isEqualTo(ExitCode.OK);
        assertThat(cli.said())
                .contains("1 files, +1 −0 lines")
                .contains("medium  Auth.java  +1 −0")
                .contains("its name tells of something delicate");
    }

    @Test
    void showsTheSummaryAsJson() {
        files.write("a.txt", "new\n");
        files.git("add", "--all");

        int code = cli.run("diff", "--staged", "--json", "a.txt");

        assertThat(code).as(cli.toString()).isEqualTo(ExitCode.OK);
        var json = JsonObject.parse(cli.said());
        assertThat(json.isTrue("staged")).isTrue();
        assertThat(json.objects("perFile").getFirst().string("file")).contains("a.txt");
    }

    @Test
    void asksTheBackendForAReview() {
        files.write("README.md", "# Other\n");
        upstream.willSay(
                "Here it is:\n```json\n{\"summary\": \"Renames it.\", \"checklist\": [\"Links\"],"
                        + " \"comments\": [{\"file\": \"README.md\", \"line\": 1, \"severity\":"
                        + " \"low\", \"comment\": \"Why?\"}]}\n```");

        int code = cli.run("review");

        assertThat(code).as(cli.toString()).isEqualTo(ExitCode.OK);
        assertThat(cli.said())
                .contains("Renames it.")
                .contains("README.md:1: low")
                .contains("    Why?")
                .contains("  - Links");
        assertThat(cli.complained()).contains("reviews part 1 of 1: README.md");
    }

    @Test
    void saysThatThereIsNoBackendForAReview() {
        files.write("README.md", "# Other\n");
        upstream.close();

        int code = cli.run("review");

        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.complained()).contains("the model gave no answer");
    }

    @Test
    void runsTestsAndFailsWithThem() {
        files.write(
                "check.sh", "echo 1..1; echo 'not ok 1 - adds'; echo '  at: check.sh:1'; exit 1\n");

        int code = cli.run("test");

        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.said())
                .contains("adds  check.sh:1")
                .contains("failed: 0 passed, 1 failed, 0 skipped (sh check.sh, ");
    }

    @Test
    void summarisesRunsAsJson() {
        int code = cli.run("test", "--summary", "--json");

        assertThat(code).as(cli.toString()).isEqualTo(ExitCode.OK);
        assertThat(JsonObject.parse(cli.said()).integer("totalRuns")).hasValue(0);
    }

    @Test
    void writesReleaseNotes() {
        files.write("a.txt", "a\n");
        files.git("add", "--all");
        files.git("commit", "-q", "-m", "feat: add a");

        int code = cli.run("release-notes");

        assertThat(code).as(cli.toString()).isEqualTo(ExitCode.OK);
        assertThat(cli.said()).contains("add a");
    }
}
