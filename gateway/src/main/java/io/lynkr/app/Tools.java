package io.lynkr.app;

import io.lynkr.agent.GatewayTools;
import io.lynkr.agent.ToolSettings;
import io.lynkr.agent.Toolbox;
import io.lynkr.agent.TurnLimits;
import io.lynkr.config.Settings;
import io.lynkr.policy.Facts;
import io.lynkr.policy.FilePathRule;
import io.lynkr.policy.PolicyEngine;
import io.lynkr.policy.PolicySettings;
import io.lynkr.policy.SandboxSettings;
import io.lynkr.store.StoreSettings;
import io.lynkr.tool.ResultLimits;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolCatalog;
import io.lynkr.tool.ToolListener;
import io.lynkr.tool.ToolRunner;
import io.lynkr.tool.edit.EditHistory;
import io.lynkr.tool.edit.EditLog;
import io.lynkr.tool.edit.EditPatch;
import io.lynkr.tool.edit.EditRevert;
import io.lynkr.tool.files.FsRead;
import io.lynkr.tool.files.FsWrite;
import io.lynkr.tool.files.WorkspaceList;
import io.lynkr.tool.files.WorkspaceSearch;
import io.lynkr.tool.task.TaskTools;
import io.lynkr.workspace.ChildEnvironment;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every tool there is, and what stands around them. A new tool is one line. */
record Tools(
        PolicySettings policy,
        SandboxSettings sandbox,
        ToolSettings settings,
        WorkspaceSettings workspace,
        StoreSettings stores) {

    /** For the models of MCP clients. */
    static final String INSTRUCTIONS =
            "Tools that Lynkr runs in the workspace of its own machine, under its operator's"
                    + " policy. A denial names the setting that stands behind it.";

    /** Reads and checks; problems are left in the settings. */
    static Tools from(Settings settings) {
        return new Tools(
                PolicySettings.from(settings, CommandRulesJson::read),
                SandboxSettings.from(settings),
                ToolSettings.from(settings),
                WorkspaceSettings.from(settings),
                StoreSettings.from(settings));
    }

    /** What the tools work with; to be closed. */
    Optional<Workplace> open() {
        var root = workspace.root();
        var guard = new FilePathRule(policy.allowedPaths(), policy.blockedPaths(), root);
        return Workplace.open(root, guard, stores);
    }

    /**
     * @param place what they work with; without it, there are no tools
     */
    GatewayTools build(Optional<Workplace> place) {
        var catalog = new ToolCatalog(place.map(Tools::all).orElse(List.of()), ToolAliases.all());
        var root = place.map(it -> it.workspace().root()).orElse(workspace.root());
        var facts = new Facts(catalog, Facts.NONE.testsPassed(), Facts.NONE.allowedHosts());
        return new GatewayTools(
                new Toolbox(catalog, settings.injected(), settings.byName()),
                new ToolRunner(
                        catalog,
                        PolicyEngine.of(policy, root, facts),
                        ResultLimits.USUAL,
                        ToolListener.NONE),
                new TurnLimits(policy.maxSteps(), policy.maxToolCalls()),
                settings.visible());
    }

    private static List<Tool> all(Workplace place) {
        var workspace = place.workspace();
        var clock = Clock.systemUTC();
        var edits = new EditLog(place.stores().edits(), clock);
        var environment = ChildEnvironment.of(Map.of(), List.of());
        var all = new ArrayList<Tool>();
        all.add(new FsRead(workspace));
        all.add(
                new FsWrite(
                        workspace,
                        (session, tool, path, before, after) ->
                                edits.record(session, tool, path, before, Optional.of(after))));
        all.add(new EditPatch(workspace, edits));
        all.add(new EditHistory(workspace, edits));
        all.add(new EditRevert(workspace, edits));
        all.add(new WorkspaceList(workspace));
        all.add(WorkspaceSearch.in(workspace, place.processes(), environment));
        all.addAll(TaskTools.all(place.stores().tasks(), clock));
        return all;
    }
}
