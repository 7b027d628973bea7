package io.lynkr.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.json.JsonObject;
import io.lynkr.testing.FakeUpstream;
import io.lynkr.testing.Json;
import io.lynkr.testing.ModelBlock;
import io.lynkr.testing.TempWorkspace;
import io.lynkr.testing.TestGateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** What models do with tests through the gateway. */
@Timeout(60)
class RunsTestsTest {
    private static final String TAP =
            """
            echo 'TAP version 13'; echo '1..2'; echo 'ok 1 - adds'
            grep -q good state.txt && echo 'ok 2 - is good' && exit 0
            echo 'not ok 2 - is good'; echo '  ---'; echo '  at: check.sh:3'; echo '  ...'; exit 1
            """;

    private final FakeUpstream upstream = new FakeUpstream();
    private final TempWorkspace files = TempWorkspace.create();

    @TempDir private Path records;

    @AfterEach
    void stop() {
        upstream.close();
        files.close();
    }

    @Test
    void namesTheFailingTestWithFileAndLine() {
        files.write("check.sh", TAP);
        files.write("state.txt", "bad\n");

        try (var gateway = gateway("WORKSPACE_TEST_COMMAND", "sh check.sh")) {
            var result = call(gateway, "workspace_test_run", "{}");

            assertThat(result.object("run").orElseThrow().string("status")).contains("failed");
            var failure = result.object("results").orElseThrow().objects("failures").getFirst();
            assertThat(failure.string("name")).contains("is good");
            assertThat(failure.string("file")).contains("check.sh");
            assertThat(failure.integer("line")).hasValue(3);
        }
    }

    @Test
    void saysHowToConfigureTests() {
        try (var gateway = gateway()) {
            assertThat(call(gateway, "workspace_test_run", "{}").toString())
                    .contains("unavailable", "WORKSPACE_TEST_COMMAND");
        }
    }

    @Test
    void notesMissingCoverageInsteadOfFailing() {
        try (var gateway = gateway("WORKSPACE_TEST_COMMAND", "true")) {
            var result = call(gateway, "workspace_test_run", "{}");

            var coverage = result.object("coverage").orElseThrow();
            assertThat(result.object("run").orElseThrow().string("status")).contains("passed");
            assertThat(coverage.array("sources").orElseThrow().strings()).isEmpty();
            assertThat(coverage.get("summary").orElseThrow().isNull()).isTrue();
            assertThat(coverage.array("notes").orElseThrow().toString())
                    .contains("WORKSPACE_TEST_COVERAGE_FILES");
        }
    }

    @Test
    void blocksACommitUntilTestsHaveRun() {
        files.write("check.sh", TAP);
        files.write("state.txt", "bad\n");
        files.git("add", "--all");

        try (var gateway =
                gateway(
                        "WORKSPACE_TEST_COMMAND",
                        "sh check.sh",
                        "POLICY_GIT_REQUIRE_TESTS",
                        "true")) {
            assertThat(commit(gateway)).contains("git_tests_required", "workspace_test_run");

            call(gateway, "workspace_test_run", "{}");
            assertThat(commit(gateway)).contains("git_tests_required");

            files.write("state.txt", "good\n");
            files.git("add", "--all");
            var tested = call(gateway, "workspace_test_run", "{}").object("tested").orElseThrow();
            assertThat(tested.isTrue("recorded")).as(tested.toString()).isTrue();
            assertThat(commit(gateway)).contains("\"passed_before\":true");
        }
    }

    @Test
    void letsOnlyTheConfiguredCommandCountBeforeACommit() {
        files.write("state.txt", "new\n");
        files.git("add", "--all");

        try (var gateway =
                gateway(
                        "WORKSPACE_TEST_COMMAND",
                        "true",
                        "POLICY_GIT_TEST_COMMAND",
                        "false",
                        "POLICY_GIT_REQUIRE_TESTS",
                        "true")) {
            var tested = call(gateway, "workspace_test_run", "{}").object("tested").orElseThrow();

            assertThat(tested.isTrue("recorded")).isFalse();
            assertThat(commit(gateway)).contains("tests_failed");
        }
    }

    @Test
    void remembersOverARestartWhatPassed() {
        files.write("state.txt", "new\n");
        files.git("add", "--all");
        String[] settings = {
            "WORKSPACE_TEST_COMMAND", "true",
            "POLICY_GIT_REQUIRE_TESTS", "true",
            "SESSION_DB_PATH", records.resolve("lynkr.db").toString()
        };
        try (var gateway = gateway(settings)) {
            call(gateway, "workspace_test_run", "{}");
        }

        try (var gateway = gateway(settings)) {
            assertThat(commit(gateway)).contains("\"passed_before\":true");
            assertThat(call(gateway, "workspace_test_history", "{}").integer("count")).hasValue(1);
        }
    }

    @Test
    void judgesArgumentsThatTheModelAdds() {
        try (var gateway =
                gateway("WORKSPACE_TEST_COMMAND", "git", "WORKSPACE_TEST_ARGS", "status")) {
            var result =
                    call(
                            gateway,
                            "workspace_test_run",
                            "{\"args\":[\"push\",\"origin\",\"main\"]}");

            assertThat(result.toString()).contains("denied_by_policy", "POLICY_GIT_ALLOW_PUSH");
        }
    }

    @Test
    void endsARunThatTakesTooLong() {
        try (var gateway = gateway("WORKSPACE_TEST_COMMAND", "sleep 50")) {
            var result = call(gateway, "workspace_test_run", "{\"timeout_ms\":300}");

            var run = result.object("run").orElseThrow();
            assertThat(run.string("status")).contains("timed_out");
            assertThat(run.isTrue("timedOut")).isTrue();
        }
    }

    @Test
    void summarisesRunsMarksFlakyTestsAndShowsTrends() {
        files.write(
                "check.sh",
                "echo 1..1; if [ -e .git/flip ]; then rm .git/flip;"
                        + " echo 'ok 1 - coin'; else touch .git/flip; echo 'not ok 1 - coin';"
                        + " exit 1; fi\n");

        try (var gateway = gateway("WORKSPACE_TEST_COMMAND", "sh check.sh")) {
            call(gateway, "workspace_test_run", "{}");
            call(gateway, "workspace_test_run", "{}");

            var summary = call(gateway, "workspace_test_summary", "{\"include_recent\":true}");
            assertThat(summary.integer("totalRuns")).hasValue(2);
            assertThat(summary.number("passRate").orElseThrow()).isEqualByComparingTo("50");
            assertThat(summary.objects("flaky").getFirst().string("name")).contains("coin");
            assertThat(summary.objects("recentRuns")).hasSize(2);
            assertThat(summary.object("trend").orElseThrow().objects("points")).hasSize(2);
        }
    }

    private String commit(TestGateway gateway) {
        return call(gateway, "workspace_git_commit", "{\"message\":\"Change\"}").toString();
    }

    private JsonObject call(TestGateway gateway, String tool, String arguments) {
        upstream.willAsk(ModelBlock.toolUse(tool, Json.parse(arguments))).thenSay("done");
        gateway.messages(
                Json.object(
                                "model",
                                "claude-x",
                                "max_tokens",
                                100,
                                "messages",
                                Json.array(Json.object("role", "user", "content", "go")),
                                "tools",
                                Json.array(
                                        Json.object(
                                                "name",
                                                tool,
                                                "input_schema",
                                                Json.object("type", "object"))))
                        .toString());
        return JsonObject.parse(upstream.lastRequest().toolResult());
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
}
