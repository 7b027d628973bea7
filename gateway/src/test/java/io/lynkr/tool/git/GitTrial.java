package io.lynkr.tool.git;

import io.lynkr.config.Settings;
import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.policy.Facts;
import io.lynkr.policy.FilePathRule;
import io.lynkr.policy.PolicyEngine;
import io.lynkr.policy.PolicySettings;
import io.lynkr.policy.SandboxSettings;
import io.lynkr.resilience.Deadline;
import io.lynkr.session.Session;
import io.lynkr.store.memory.MemoryDiffCommentStore;
import io.lynkr.store.memory.MemoryTestedTrees;
import io.lynkr.testing.TempWorkspace;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.ResultLimits;
import io.lynkr.tool.ToolCall;
import io.lynkr.tool.ToolCatalog;
import io.lynkr.tool.ToolListener;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.ToolRunner;
import io.lynkr.workspace.GitCli;
import io.lynkr.workspace.ProcessRunner;
import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;
import io.lynkr.workspace.WorkspaceLimits;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Git tools in a repository of their own, run as the gateway runs them. */
final class GitTrial implements AutoCloseable {
    private static final Session SESSION =
            new Session(Optional.of("s1"), Optional.empty(), Optional.empty());

    /** Nothing of the developer's own git. */
    static final Map<String, String> GIT_ALONE =
            Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_NOSYSTEM", "1");

    private final TempWorkspace files;
    private final Workspace workspace;
    private final ProcessRunner processes = new ProcessRunner();
    private final ToolRunner runner;
    private final GitTools tools;
    final List<String> testRuns = new ArrayList<>();

    /** How the tests go; told which line was run. */
    TestCommand.Run nextTests = new TestCommand.Run(true, "exit code 0", "fine");

    /** What the model says to a question. */
    Function<Adviser.Question, String> answer = _ -> "{}";

    /** What the index knows. */
    final Map<String, OptionalInt> uses = new HashMap<>();

    /** What the tests covered. */
    Map<String, Map<Integer, Boolean>> coverage = Map.of();

    /** Happens while the tests run. */
    Runnable duringTests = () -> {};

    private GitTrial(TempWorkspace files, Map<String, String> settings) {
        this.files = files;
        var policy = PolicySettings.from(new Settings(settings), _ -> Map.of());
        var guard = new FilePathRule(policy.allowedPaths(), policy.blockedPaths(), files.path());
        try {
            workspace = Workspace.open(files.path(), WorkspaceLimits.USUAL, guard);
        } catch (WorkspaceException impossible) {
            throw new AssertionError(impossible);
        }
        tools =
                GitTools.of(
                        workspace,
                        new GitCli(processes, files.path(), GIT_ALONE),
                        guard,
                        policy,
                        (line, _) -> {
                            testRuns.add(line);
                            duringTests.run();
                            return nextTests;
                        },
                        new MemoryTestedTrees(),
                        new GitTools.Reviewing(
                                (question, _) -> answer.apply(question),
                                new MemoryDiffCommentStore(),
                                file -> uses.getOrDefault(file, OptionalInt.empty()),
                                () -> coverage),
                        Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));
        var catalog = new ToolCatalog(tools.all(), Map.of());
        var facts = new Facts(catalog, tools.gate(), _ -> false);
        runner =
                new ToolRunner(
                        catalog,
                        PolicyEngine.of(
                                policy,
                                SandboxSettings.from(new Settings(settings)).permissions(),
                                files.path(),
                                facts),
                        ResultLimits.USUAL,
                        ToolListener.NONE);
    }

    /** In a workspace that {@link #close} deletes; settings are name, value, name, value … */
    static GitTrial in(TempWorkspace files, String... settings) {
        var map = new HashMap<String, String>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        return new GitTrial(files, map);
    }

    static GitTrial with(String... settings) {
        return in(TempWorkspace.create(), settings);
    }

    TempWorkspace files() {
        return files;
    }

    GitTools tools() {
        return tools;
    }

    ToolResult call(String tool, JsonObject input) {
        try {
            var context = new CallContext(SESSION, Deadline.after(Duration.ofSeconds(60)), _ -> {});
            return runner.run(new ToolCall("c1", tool, input), context);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    ToolResult call(String tool, String json) {
        return call(tool, JsonObject.parse(json));
    }

    /** What a call tells that must succeed. */
    JsonObject done(String tool, String json) {
        return done(call(tool, json));
    }

    JsonObject done(ToolResult result) {
        if (result.isError()) {
            throw new AssertionError("the call failed: " + result.content());
        }
        return facts(result);
    }

    /** What a call tells that must not succeed. */
    JsonObject failed(String tool, String json) {
        var result = call(tool, json);
        if (!result.isError()) {
            throw new AssertionError("the call succeeded: " + result.content());
        }
        return facts(result);
    }

    static JsonObject facts(ToolResult result) {
        return JsonObject.parse(result.content().getFirst().string("text").orElse(""));
    }

    /** The rule and reason of a denial. */
    String denial(String tool, String json) {
        return switch (call(tool, json)) {
            case ToolResult.Denied(var rule, var reason) -> rule + ": " + reason;
            case ToolResult other -> throw new AssertionError("not denied: " + other.content());
        };
    }

    /** Names in a list of {@code {file: …}}. */
    static List<String> names(JsonObject facts, String list) {
        return facts.objects(list).stream().map(it -> it.string("file").orElse("?")).toList();
    }

    static List<String> texts(JsonObject facts, String list) {
        return facts.array(list).orElse(JsonArray.EMPTY).strings();
    }

    @Override
    public void close() {
        processes.close();
        workspace.close();
        files.close();
    }
}
