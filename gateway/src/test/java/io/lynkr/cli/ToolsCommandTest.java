package io.lynkr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.json.JsonObject;
import io.lynkr.testing.TempWorkspace;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ToolsCommandTest {
    private final TempWorkspace files = TempWorkspace.create();
    private final TestCli cli =
            TestCli.with("WORKSPACE_ROOT", files.path().toString(), "TOOLS_UNSANDBOXED", "true");

    @AfterEach
    void close() {
        files.close();
    }

    @Test
    void listsToolsByFamily() {
        int code = cli.run("tools", "list");

        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(cli.said().lines().map(line -> line.replaceAll("(\\S) +", "$1 ")))
                .containsSubsequence(
                        "exec",
                        "  shell Runs a command line with bash in the workspace and returns"
                                + " stdout, stderr and the exit code as JSON.");
    }

    @Test
    void listsToolsWithTheirSchemasAsJson() {
        int code = cli.run("tools", "list", "--json");

        var tools = JsonObject.parse(cli.said()).objects("tools");
        assertThat(code).isEqualTo(ExitCode.OK);
        assertThat(tools)
                .filteredOn(tool -> tool.string("name").orElse("").equals("python_exec"))
                .singleElement()
                .satisfies(
                        tool -> {
                            assertThat(tool.string("family")).contains("exec");
                            assertThat(
                                            tool.object("schema")
                                                    .orElseThrow()
                                                    .object("properties")
                                                    .orElseThrow()
                                                    .has("code"))
                                    .isTrue();
                        });
    }

    @Test
    void runsATool() {
        int code = cli.run("tools", "call", "shell", "command=cat README.md", "timeout_ms=9000");

        assertThat(code).as(cli.toString()).isEqualTo(ExitCode.OK);
        assertThat(JsonObject.parse(cli.said()).string("stdout"))
                .contains("# A workspace for tests\n");
    }

    @Test
    void takesArgumentsAsJson() {
        int code =
                cli.run(
                        "tools",
                        "call",
                        "--args",
                        "{\"command\": [\"ls\", \"-1\"]}",
                        "shell",
                        "cwd=src");

        assertThat(code).as(cli.toString()).isEqualTo(ExitCode.OK);
        assertThat(JsonObject.parse(cli.said()).string("stdout")).contains("Greeter.java\n");
    }

    @ParameterizedTest
    @CsvSource({
        "shell, command=exit 3, 'exit_code\":3'",
        "shell, command=git push, POLICY_GIT_ALLOW_PUSH",
        "shell, cmmand=ls, 'is no parameter'",
        "no_such_tool, a=b, 'there is no tool'",
    })
    void failsWithTheCall(String tool, String argument, String said) {
        int code = cli.run("tools", "call", tool, argument);

        assertThat(code).isEqualTo(ExitCode.FAILURE);
        assertThat(cli.said()).contains(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tools call                    | Missing required parameter: 'NAME'",
                "tools call shell ls           | 'ls' is not KEY=VALUE",
                "tools call shell --args [1]   | --args is no JSON object",
                "tools lst                     | Did you mean 'list'?",
            })
    void answersMistakes(String arguments, String message) {
        int code = cli.run(arguments.split(" ", -1));

        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(cli.complained()).contains(message).contains("See 'lynkr tools");
        assertThat(cli.said()).isEmpty();
    }

    @Test
    void explainsItself() {
        assertThat(cli.run("tools", "call", "--help")).isEqualTo(ExitCode.OK);
        assertThat(cli.said()).contains("lynkr tools call", "--args", "Examples:");
    }

    @Test
    void refusesSettingsThatAreWrong() {
        var wrong = TestCli.with("WORKSPACE_ROOT", files.path("nowhere").toString());

        assertThat(wrong.run("tools", "list")).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.complained()).contains("WORKSPACE_ROOT");
    }
}
