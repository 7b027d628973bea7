package io.lynkr.tool.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.config.Settings;
import io.lynkr.json.JsonObject;
import io.lynkr.policy.Facts;
import io.lynkr.policy.PolicyEngine;
import io.lynkr.policy.PolicySettings;
import io.lynkr.policy.SandboxSettings;
import io.lynkr.resilience.Deadline;
import io.lynkr.session.Session;
import io.lynkr.testing.TempWorkspace;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.ResultLimits;
import io.lynkr.tool.ToolCall;
import io.lynkr.tool.ToolCatalog;
import io.lynkr.tool.ToolListener;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.ToolRunner;
import io.lynkr.workspace.Bubblewrap;
import io.lynkr.workspace.ProcessRunner;
import io.lynkr.workspace.SandboxProbe;
import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;
import io.lynkr.workspace.WorkspaceLimits;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tools that run programs, on a machine whose boxes the test chooses. */
@Timeout(60)
class CommandToolsTest {
    private static final String NO_RUNTIME = "/no/such/runtime";

    private final TempWorkspace files = TempWorkspace.create();
    private final ProcessRunner processes = new ProcessRunner();
    private final Map<String, String> environment =
            new HashMap<>(Map.of("PATH", "/usr/bin:/bin", "DATABRICKS_API_KEY", "dapi-secret"));
    private List<Path> bubblewraps = List.of();
    private Workspace workspace;

    @BeforeEach
    void open() throws WorkspaceException {
        workspace = Workspace.open(files.path(), WorkspaceLimits.USUAL, (_, _) -> Optional.empty());
    }

    @AfterEach
    void close() {
        processes.close();
        workspace.close();
        files.close();
    }

    @Test
    void isOffWithoutASandboxAndSaysWhichSwitchTurnsItOn() throws Exception {
        var result = call("shell", "{\"command\":\"echo ran > proof\"}");

        assertThat(result)
                .isInstanceOfSatisfying(
                        ToolResult.Denied.class,
                        denied -> {
                            assertThat(denied.rule()).isEqualTo("no_sandbox");
                            assertThat(denied.reason())
                                    .contains("TOOLS_UNSANDBOXED=true", "MCP_SANDBOX_IMAGE");
                        });
        assertThat(files.exists("proof")).isFalse();
    }

    @Test
    void neverLeavesTheSandboxBecauseItsRuntimeIsMissing() throws Exception {
        environment.put("MCP_SANDBOX_IMAGE", "debian");
        environment.put("MCP_SANDBOX_RUNTIME", NO_RUNTIME);

        var result = call("shell", "{\"command\":\"echo ran > proof\",\"sandbox\":\"never\"}");

        assertThat(result).isInstanceOf(ToolResult.Denied.class);
        assertThat(text(result)).contains(NO_RUNTIME);
        assertThat(files.exists("proof")).isFalse();
    }

    @Test
    void tellsHowACommandWent() throws Exception {
        unsandboxed();

        var result = call("shell", "{\"command\":\"echo out; echo err >&2; exit 3\"}");

        assertThat(result).isInstanceOf(ToolResult.Unsuccessful.class);
        var json = json(result);
        assertThat(json.without("duration_ms"))
                .isEqualTo(
                        JsonObject.parse(
                                """
                                {"stdout":"out\\n","stderr":"err\\n","exit_code":3,"signal":null,
                                "timed_out":false,"stdout_overflow":false,"stderr_overflow":false,
                                "sandbox":"none"}
                                """));
        assertThat(json.integer("duration_ms").orElse(-1)).isBetween(0L, 30_000L);
    }

    @Test
    void isDoneIfTheCommandSucceeds() throws Exception {
        unsandboxed();

        var result = call("bash", "{\"cmd\":\"pwd\",\"cwd\":\"src\"}");

        assertThat(result).isInstanceOf(ToolResult.Done.class);
        assertThat(json(result).string("stdout")).contains(files.path("src") + "\n");
    }

    @Test
    void runsAProgramWithoutAShell() throws Exception {
        unsandboxed();

        var listed = call("shell", "{\"command\":[\"echo\",\"$HOME;\",\"a b\"]}");
        var apart = call("shell", "{\"command\":\"echo\",\"args\":[\"$HOME;\"]}");

        assertThat(json(listed).string("stdout")).contains("$HOME; a b\n");
        assertThat(json(apart).string("stdout")).contains("$HOME;\n");
    }

    @Test
    void givesCommandsNothingOfTheGatewaysSecrets() throws Exception {
        unsandboxed();

        var result = call("shell", "{\"command\":\"env\",\"env\":{\"MINE\":7}}");

        assertThat(json(result).string("stdout").orElseThrow())
                .contains("MINE=7\n", "PATH=/usr/bin:/bin\n")
                .doesNotContain("DATABRICKS", "dapi-secret");
    }

    @Test
    void refusesAlwaysWhereThereIsNoSandbox() throws Exception {
        unsandboxed();

        var result = call("shell", "{\"command\":\"echo ran > proof\",\"isolation\":\"always\"}");

        assertThat(result)
                .isInstanceOfSatisfying(
                        ToolResult.Denied.class,
                        denied -> assertThat(denied.rule()).isEqualTo("sandbox_required"));
        assertThat(files.exists("proof")).isFalse();
    }

    @Test
    void killsWhatTakesTooLong() throws Exception {
        unsandboxed();

        var result = call("shell", "{\"command\":\"echo begun; sleep 300\",\"timeout\":300}");

        assertThat(result).isInstanceOf(ToolResult.Unsuccessful.class);
        assertThat(json(result).isTrue("timed_out")).isTrue();
        assertThat(json(result).string("signal")).contains("SIGKILL");
        assertThat(json(result).get("exit_code").orElseThrow().isNull()).isTrue();
        assertThat(json(result).string("stdout")).contains("begun\n");
    }

    @Test
    void keepsToTheDeadlineOfTheCall() throws Exception {
        unsandboxed();

        var context = context(Duration.ofMillis(300));
        var result =
                runner().run(call("{\"command\":\"sleep 300\",\"timeout_ms\":900000}"), context);

        assertThat(json(result).isTrue("timed_out")).isTrue();
    }

    @Test
    void shortensLongOutputAndSaysSo() throws Exception {
        unsandboxed();

        var result = call("shell", "{\"command\":\"echo first; seq 200000; echo last\"}");

        var json = json(result);
        assertThat(json.toString().length()).isLessThanOrEqualTo(CommandReport.MOST_CHARACTERS);
        assertThat(json.isTrue("stdout_overflow")).isTrue();
        assertThat(json.isTrue("stderr_overflow")).isFalse();
        assertThat(json.string("stdout").orElseThrow())
                .startsWith("first\n1\n")
                .contains("left out")
                .endsWith("last\n");
    }

    @Test
    void namesTheSignalThatEndedIt() throws Exception {
        unsandboxed();

        var result =
                call("shell", "{\"command\":\"python3 -c 'import os; os.kill(os.getpid(), 15)'\"}");

        assertThat(json(result).string("signal")).as(text(result)).contains("SIGTERM");
    }

    @Test
    void runsPythonFromItsStandardInput() throws Exception {
        unsandboxed();

        var done = call("python_exec", "{\"script\":\"print('Grüße', 6 * 7)\"}");
        var broken = call("python_exec", "{\"code\":\"1 / 0\"}");

        assertThat(json(done).string("stdout")).contains("Grüße 42\n");
        assertThat(broken).isInstanceOf(ToolResult.Unsuccessful.class);
        assertThat(json(broken).string("stderr").orElseThrow()).contains("ZeroDivisionError");
    }

    @Test
    void outlivesAProgramThatDoesNotReadItsInput() throws Exception {
        unsandboxed();
        var code = "import os; os._exit(0)\n" + "# filler\n".repeat(60_000);

        var result = call("python_exec", JsonObject.of("code", code).toString());

        assertThat(result).isInstanceOf(ToolResult.Done.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                             | 'command' is missing",
                "{\"command\":\" \"}                            | 'command' is empty",
                "{\"command\":[]}                               | 'command' is empty",
                "{\"command\":[\"ls\",3]}                       | 'command' must be a text, or",
                "{\"command\":\"ls\",\"cwd\":\"..\"}            | cwd: ",
                "{\"command\":\"ls\",\"cwd\":\"/etc\"}          | cwd: ",
                "{\"command\":\"ls\",\"cwd\":\"out\"}           | cwd: ",
                "{\"command\":\"ls\",\"cwd\":\"README.md\"}     | is no folder",
                "{\"command\":\"ls\",\"cwd\":\"nowhere\"}       | cwd: ",
                "{\"command\":\"ls\\u0000\"}                    | has a NUL in it",
                "{\"command\":\"ls\",\"timeout_ms\":900001}     | must be from 1 to 900000",
                "{\"command\":\"ls\",\"timeout_ms\":0}          | must be from 1 to 900000",
                "{\"command\":\"ls\",\"sandbox\":\"off\"}       | must be one of auto, always",
                "{\"command\":\"ls\",\"env\":{\"LD_PRELOAD\":\"x\"}} | LD_PRELOAD can make",
                "{\"command\":\"ls\",\"env\":{\"PATH\":\"x\"}}  | PATH can make",
                "{\"command\":\"ls\",\"env\":{\"BASH_ENV\":\"x\"}} | BASH_ENV can make",
                "{\"command\":\"ls\",\"env\":{\"A=B\":\"x\"}}   | is no name of a variable",
                "{\"command\":\"ls\",\"env\":{\"A\":{}}}        | must be a text",
                "{\"command\":\"ls\",\"user\":\"root\"}         | 'user' is no parameter",
            })
    void saysWhatIsWrongWithTheArguments(String arguments, String message) throws Exception {
        unsandboxed();
        Files.createSymbolicLink(files.path("out"), Path.of("/etc"));

        var result = call("shell", arguments);

        assertThat(result).isInstanceOf(ToolResult.Failed.class);
        assertThat(text(result)).contains(message);
    }

    @Test
    void saysThatAProgramIsMissing() throws Exception {
        unsandboxed();

        var result = call("shell", "{\"command\":[\"no-such-program\"]}");

        assertThat(result.isError()).isTrue();
        assertThat(text(result)).contains("no-such-program");
    }

    @Test
    void hidesTheModelsVariablesFromTheRuntimeAndPassesItsOwn() throws Exception {
        environment.put("MCP_SANDBOX_IMAGE", "debian");
        environment.put(
                "MCP_SANDBOX_RUNTIME", runtime("echo \"$@\"; echo host=$DOCKER_HOST asked=$ASKED"));
        environment.put("DOCKER_HOST", "unix:///here");

        var result =
                call(
                        "shell",
                        "{\"command\":\"ls\",\"env\":{\"ASKED\":\"yes\",\"DOCKER_HOST\":\"evil\"}}");

        assertThat(json(result).string("sandbox").orElseThrow()).endsWith("runtime (debian)");
        assertThat(json(result).string("stdout").orElseThrow())
                .contains("debian env ")
                .contains("ASKED=yes", "DOCKER_HOST=evil")
                .endsWith("bash -c ls\nhost=unix:///here asked=\n")
                .doesNotContain("--env DOCKER_HOST");
    }

    @Test
    void asksThePolicyFirst() throws Exception {
        unsandboxed();
        environment.put("MCP_SANDBOX_PERMISSION_DENY", "curl,python*");

        var wrapped = call("shell", "{\"command\":\"true && env bash -c 'curl x'\"}");
        var program = call("shell", "{\"command\":[\"/usr/bin/curl\",\"x\"]}");
        var code = call("python_exec", "{\"code\":\"1\"}");
        var push = call("shell", "{\"command\":\"git push\"}");

        assertThat(List.of(wrapped, program, code))
                .allSatisfy(
                        denied ->
                                assertThat(text(denied))
                                        .contains("program_denied", "MCP_SANDBOX_PERMISSION_DENY"));
        assertThat(text(push)).contains("POLICY_GIT_ALLOW_PUSH");
    }

    @Test
    void saysWhatGoesOnMeanwhile() throws Exception {
        unsandboxed();
        var heard = new java.util.concurrent.CopyOnWriteArrayList<String>();
        var context = new CallContext(NOBODY, Deadline.after(Duration.ofMinutes(1)), heard::add);

        runner().run(call("{\"command\":\"echo; echo compiling\"}"), context);

        assertThat(heard).containsExactly("compiling");
    }

    @Test
    void runsInBubblewrapWhereThatWorks() throws Exception {
        bubblewraps = Bubblewrap.USUAL_PLACES;
        unsandboxed();

        var result =
                call(
                        "shell",
                        "{\"command\":\"ls /root /home; echo $HOME; echo x >"
                                + " f\",\"sandbox\":\"never\"}");

        assertThat(json(result).string("sandbox")).contains("bubblewrap");
        assertThat(json(result).string("stdout")).contains("/tmp\n");
        assertThat(files.read("f")).isEqualTo("x\n");
    }

    private static final Session NOBODY =
            new Session(Optional.empty(), Optional.empty(), Optional.empty());

    private void unsandboxed() {
        environment.put("TOOLS_UNSANDBOXED", "true");
    }

    private String runtime(String script) throws IOException {
        var file = files.write("runtime", "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file.toString();
    }

    private ToolResult call(String tool, String arguments) throws InterruptedException {
        return runner().run(
                        new ToolCall("1", tool, JsonObject.parse(arguments)),
                        context(Duration.ofMinutes(1)));
    }

    private static ToolCall call(String arguments) {
        return new ToolCall("1", "shell", JsonObject.parse(arguments));
    }

    private static CallContext context(Duration left) {
        return new CallContext(NOBODY, Deadline.after(left), _ -> {});
    }

    private ToolRunner runner() {
        var settings = new Settings(environment);
        var sandbox = SandboxSettings.from(settings);
        var probe =
                new SandboxProbe(
                        processes, CommandRunner.environment(sandbox, environment).variables());
        var finder = new PlaceFinder(sandbox, workspace.root(), bubblewraps, probe);
        var commands = CommandRunner.start(workspace, sandbox, processes, environment, finder);
        var catalog =
                new ToolCatalog(
                        List.of(new ShellTool(commands), new PythonTool(commands)),
                        Map.of("bash", "shell"));
        var policy = PolicySettings.from(settings, _ -> Map.of());
        settings.check();
        var engine = PolicyEngine.of(policy, sandbox.permissions(), workspace.root(), Facts.NONE);
        return new ToolRunner(catalog, engine, ResultLimits.USUAL, ToolListener.NONE);
    }

    private static String text(ToolResult result) {
        return result.content().getFirst().string("text").orElseThrow();
    }

    private static JsonObject json(ToolResult result) {
        return JsonObject.parse(text(result));
    }
}
