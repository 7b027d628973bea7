package io.lynkr.testing;

import io.lynkr.config.Settings;
import io.lynkr.json.JsonObject;
import io.lynkr.policy.Facts;
import io.lynkr.policy.FilePathRule;
import io.lynkr.policy.PolicyEngine;
import io.lynkr.policy.PolicySettings;
import io.lynkr.policy.SandboxSettings;
import io.lynkr.resilience.Deadline;
import io.lynkr.session.Session;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.ResultLimits;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolCall;
import io.lynkr.tool.ToolCatalog;
import io.lynkr.tool.ToolListener;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.ToolRunner;
import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;
import io.lynkr.workspace.WorkspaceLimits;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Tools in a workspace of their own, run as the gateway runs them: with the policy asked first. */
public final class ToolTrial implements AutoCloseable {
    private final TempWorkspace files;
    private final Workspace workspace;
    private final ToolRunner runner;
    private final Session session =
            new Session(Optional.of("s1"), Optional.empty(), Optional.empty());

    private ToolTrial(
            TempWorkspace files, Function<Workspace, List<Tool>> tools, Map<String, String> env) {
        this.files = files;
        var policy = PolicySettings.from(new Settings(env), _ -> Map.of());
        var guard = new FilePathRule(policy.allowedPaths(), policy.blockedPaths(), files.path());
        try {
            workspace = Workspace.open(files.path(), WorkspaceLimits.USUAL, guard);
        } catch (WorkspaceException impossible) {
            throw new AssertionError(impossible);
        }
        var catalog = new ToolCatalog(tools.apply(workspace), Map.of());
        var facts = new Facts(catalog, () -> false, _ -> false);
        runner =
                new ToolRunner(
                        catalog,
                        PolicyEngine.of(
                                policy,
                                SandboxSettings.from(new Settings(env)).permissions(),
                                files.path(),
                                facts),
                        ResultLimits.USUAL,
                        ToolListener.NONE);
    }

    /**
     * Opens an example workspace.
     *
     * @param settings of the policy: name, value, name, value …
     */
    public static ToolTrial of(Function<Workspace, List<Tool>> tools, String... settings) {
        var env = new HashMap<String, String>();
        for (int i = 0; i < settings.length; i += 2) {
            env.put(settings[i], settings[i + 1]);
        }
        return new ToolTrial(TempWorkspace.create(), tools, env);
    }

    public TempWorkspace files() {
        return files;
    }

    public Workspace workspace() {
        return workspace;
    }

    /** Runs a call, as a model would make it. */
    public ToolResult call(String tool, JsonObject input) {
        try {
            var context = new CallContext(session, Deadline.after(Duration.ofSeconds(30)), _ -> {});
            return runner.run(new ToolCall("c1", tool, input), context);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    public ToolResult call(String tool, String json) {
        return call(tool, JsonObject.parse(json));
    }

    /** The text of a call that must succeed, all blocks of it. */
    public String text(String tool, String json) {
        return text(call(tool, json));
    }

    public String text(ToolResult result) {
        if (result.isError()) {
            throw new AssertionError("the call failed: " + result.content());
        }
        return String.join("", texts(result));
    }

    /** The facts that a call tells, which must succeed. */
    public JsonObject json(String tool, String json) {
        return JsonObject.parse(text(tool, json));
    }

    /** Kind and message of a failure or denial; empty if there was none. */
    public static String error(ToolResult result) {
        if (!result.isError()) {
            return "";
        }
        var error = JsonObject.parse(String.join("", texts(result)));
        return error.string("error").orElse("")
                + ": "
                + error.object("details").flatMap(it -> it.string("message")).orElse("");
    }

    private static List<String> texts(ToolResult result) {
        return result.content().stream().map(block -> block.string("text").orElse("")).toList();
    }

    @Override
    public void close() {
        workspace.close();
        files.close();
    }
}
