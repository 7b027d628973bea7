package io.lynkr.app;

import io.lynkr.agent.GatewayTools;
import io.lynkr.agent.ToolSettings;
import io.lynkr.agent.Toolbox;
import io.lynkr.agent.TurnLimits;
import io.lynkr.agent.WebFallback;
import io.lynkr.config.Settings;
import io.lynkr.http.HttpSettings;
import io.lynkr.index.CodeIndex;
import io.lynkr.mcp.host.ServerHost;
import io.lynkr.policy.Facts;
import io.lynkr.policy.FilePathRule;
import io.lynkr.policy.PolicyEngine;
import io.lynkr.policy.PolicySettings;
import io.lynkr.policy.SandboxSettings;
import io.lynkr.provider.ProviderSettings;
import io.lynkr.store.StoreSettings;
import io.lynkr.tool.ResultLimits;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolCatalog;
import io.lynkr.tool.ToolListener;
import io.lynkr.tool.ToolRunner;
import io.lynkr.tool.code.CodeTools;
import io.lynkr.tool.edit.EditHistory;
import io.lynkr.tool.edit.EditLog;
import io.lynkr.tool.edit.EditPatch;
import io.lynkr.tool.edit.EditRevert;
import io.lynkr.tool.exec.CommandPlace;
import io.lynkr.tool.exec.CommandRunner;
import io.lynkr.tool.exec.PlaceFinder;
import io.lynkr.tool.exec.PythonTool;
import io.lynkr.tool.exec.ShellTool;
import io.lynkr.tool.files.FsRead;
import io.lynkr.tool.files.FsWrite;
import io.lynkr.tool.files.WorkspaceList;
import io.lynkr.tool.files.WorkspaceSearch;
import io.lynkr.tool.git.Adviser;
import io.lynkr.tool.git.GitTools;
import io.lynkr.tool.git.References;
import io.lynkr.tool.mcp.McpFamily;
import io.lynkr.tool.task.TaskTools;
import io.lynkr.tool.test.FreshCoverage;
import io.lynkr.tool.test.TestSettings;
import io.lynkr.tool.test.TestTools;
import io.lynkr.tool.web.WebFetchTool;
import io.lynkr.tool.web.WebSearchTool;
import io.lynkr.tool.web.WebSettings;
import io.lynkr.workspace.GitCli;
import io.lynkr.workspace.PathGuard;
import io.lynkr.workspace.ProcessRunner;
import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every tool there is, and what stands around them. A new tool is one line.
 *
 * @param environment the gateway's own
 */
record Tools(
        PolicySettings policy,
        SandboxSettings sandbox,
        ToolSettings settings,
        WorkspaceSettings workspace,
        StoreSettings stores,
        IndexSettings index,
        WebSettings web,
        WebFallback fallback,
        McpHosting mcp,
        TestSettings tests,
        Map<String, String> environment) {
    private static final Logger LOG = LoggerFactory.getLogger(Tools.class);

    /** For the models of MCP clients. */
    static final String INSTRUCTIONS =
            "Tools that Lynkr runs in the workspace of its own machine, under its operator's"
                    + " policy. A denial names the setting that stands behind it.";

    /** Reads and checks; problems are left in the settings. */
    static Tools from(Settings settings) {
        var sandbox = SandboxSettings.from(settings);
        checkUnsandboxed(settings, sandbox);
        checkPassedVariables(settings, sandbox);
        var workspace = WorkspaceSettings.from(settings);
        var policy = PolicySettings.from(settings, CommandRulesJson::read);
        return new Tools(
                policy,
                sandbox,
                ToolSettings.from(settings),
                workspace,
                StoreSettings.from(settings),
                IndexSettings.from(settings),
                WebSettings.from(settings),
                fallback(settings),
                McpHosting.from(settings, sandbox, workspace.root()),
                TestSettings.from(settings, policy.testCommand()),
                settings.environment());
    }

    /** Azure's own tools might fetch the same page again, as the original saw it. */
    private static WebFallback fallback(Settings settings) {
        var chosen = settings.get(ToolSettings.POLICY_WEB_FALLBACK);
        boolean onAzure = settings.get(ProviderSettings.MODEL_PROVIDER).equals("azure-anthropic");
        return onAzure && chosen == WebFallback.FETCH ? WebFallback.TELL : chosen;
    }

    /** Where several people come in, none of them may have the rights of the gateway's user. */
    private static void checkUnsandboxed(Settings settings, SandboxSettings sandbox) {
        if (sandbox.unsandboxed() && settings.isSet(HttpSettings.ACCESS_TOKENS)) {
            settings.problem(
                    SandboxSettings.UNSANDBOXED,
                    "whoever has one of the ACCESS_TOKENS could do on this machine what you can",
                    "Remove it, and install bubblewrap or set MCP_SANDBOX_IMAGE instead");
        }
    }

    private static void checkPassedVariables(Settings settings, SandboxSettings sandbox) {
        var secrets = AllSettings.secretVariables();
        for (var name : sandbox.passedVariables()) {
            if (secrets.contains(name)) {
                settings.problem(
                        SandboxSettings.PASSTHROUGH_ENV,
                        name + " is a secret of the gateway, and models could read it",
                        "Remove it from the list");
            }
        }
    }

    /**
     * Opens the workspace and begins to look for a sandbox.
     *
     * @param records what tools remember; closed by the caller, after the tools
     * @param adviser asks the backend
     * @param listener hears of every call
     */
    RunningTools build(Stores records, Adviser adviser, ToolListener listener) {
        if (sandbox.unsandboxed()) {
            LOG.warn(
                    "TOOLS_UNSANDBOXED=true: where no sandbox works, models run commands with all"
                            + " rights of this user; only for a machine that has nothing to lose");
        }
        var root = workspace.root();
        var guard = new FilePathRule(policy.allowedPaths(), policy.blockedPaths(), root);
        var servers = mcp.start();
        return Workplace.open(root, guard)
                .map(place -> running(place, records, guard, adviser, listener, servers))
                .orElseGet(
                        () -> {
                            var tests = Facts.NONE.testsPassed();
                            return new RunningTools(
                                    around(webTools(), root, tests, listener, servers),
                                    servers,
                                    List.of());
                        });
    }

    private RunningTools running(
            Workplace place,
            Stores records,
            PathGuard guard,
            Adviser adviser,
            ToolListener listener,
            Optional<ServerHost> servers) {
        var files = place.workspace();
        var commands = CommandRunner.start(files, sandbox, place.processes(), environment);
        var code = codeIndex(files, guard);
        var references = code.<References>map(IndexedReferences::new).orElse(References.UNKNOWN);
        var git = gitTools(place, records, guard, commands, adviser, references);
        var all = all(place, records, commands, git);
        code.ifPresent(it -> all.addAll(CodeTools.all(it, files, index.book(files))));
        var open = new ArrayList<Runnable>();
        code.ifPresent(it -> open.add(it::close));
        open.add(place::close);
        return new RunningTools(
                around(all, files.root(), git.gate(), listener, servers), servers, open);
    }

    private Optional<CodeIndex> codeIndex(Workspace files, PathGuard guard) {
        try {
            return Optional.of(index.index(files, guard));
        } catch (WorkspaceException e) {
            LOG.warn("the tools for code are off: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private GitTools gitTools(
            Workplace place,
            Stores records,
            PathGuard guard,
            CommandRunner commands,
            Adviser adviser,
            References references) {
        var root = place.workspace().root();
        return GitTools.of(
                place.workspace(),
                new GitCli(place.processes(), root, environment),
                guard,
                policy,
                new SandboxedTests(commands),
                records.testedTrees(),
                new GitTools.Reviewing(
                        adviser,
                        records.comments(),
                        references,
                        new FreshCoverage(place.workspace(), tests)::lines),
                Clock.systemUTC());
    }

    private List<Tool> all(Workplace place, Stores records, CommandRunner commands, GitTools git) {
        var files = place.workspace();
        var clock = Clock.systemUTC();
        var edits = new EditLog(records.edits(), clock);
        var around = CommandRunner.environment(sandbox, environment);
        var all = new ArrayList<Tool>();
        all.add(new FsRead(files));
        all.add(
                new FsWrite(
                        files,
                        (session, tool, path, before, after) ->
                                edits.record(session, tool, path, before, Optional.of(after))));
        all.add(new EditPatch(files, edits));
        all.add(new EditHistory(files, edits));
        all.add(new EditRevert(files, edits));
        all.add(new WorkspaceList(files));
        all.add(WorkspaceSearch.in(files, place.processes(), around));
        all.addAll(TaskTools.all(records.tasks(), clock));
        all.add(new ShellTool(commands));
        all.add(new PythonTool(commands));
        all.addAll(git.all());
        all.addAll(webTools());
        all.addAll(
                TestTools.all(
                        files,
                        tests,
                        new SandboxedTests(commands),
                        records.testRuns(),
                        new WorkingContent(git.gate()),
                        git.changes()::newLines,
                        clock));
        return all;
    }

    private List<Tool> webTools() {
        return List.of(WebSearchTool.of(web), WebFetchTool.of(web));
    }

    private GatewayTools around(
            List<Tool> own,
            Path root,
            Facts.TestsPassed tests,
            ToolListener listener,
            Optional<ServerHost> servers) {
        var host = McpHosting.host(servers);
        var all = new ArrayList<>(own);
        all.addAll(McpFamily.all(host));
        var catalog = new ToolCatalog(all, ToolAliases.all(), () -> McpFamily.remote(host));
        var facts = new Facts(catalog, tests, web.hosts());
        var engine = PolicyEngine.of(policy, sandbox.permissions(), root, facts);
        return new GatewayTools(
                new Toolbox(catalog, settings.injected(), settings.byName(), web.searchIsChosen()),
                new ToolRunner(catalog, engine, ResultLimits.USUAL, listener),
                new TurnLimits(policy.maxSteps(), policy.maxToolCalls()),
                settings.visible(),
                fallback);
    }

    /** What the tools remember, and what else is kept with it. */
    Stores openStores() {
        return Stores.of(stores, workspace.root(), Clock.systemUTC());
    }

    /** Looks where commands would run, without starting anything else. */
    CommandPlace commandPlace() throws InterruptedException {
        try (var processes = new ProcessRunner()) {
            var around = CommandRunner.environment(sandbox, environment);
            return new PlaceFinder(sandbox, workspace.root(), processes, around).find();
        }
    }
}
