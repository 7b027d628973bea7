package io.lynkr.app;

import io.lynkr.agent.GatewayTools;
import io.lynkr.agent.ToolSettings;
import io.lynkr.agent.Toolbox;
import io.lynkr.agent.TurnLimits;
import io.lynkr.config.Settings;
import io.lynkr.policy.Facts;
import io.lynkr.policy.PolicyEngine;
import io.lynkr.policy.PolicySettings;
import io.lynkr.policy.SandboxSettings;
import io.lynkr.tool.ResultLimits;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolCatalog;
import io.lynkr.tool.ToolListener;
import io.lynkr.tool.ToolRunner;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Every tool there is, and what stands around them. A new tool is one line. */
record Tools(PolicySettings policy, SandboxSettings sandbox, ToolSettings settings) {

    /** For the models of MCP clients. */
    static final String INSTRUCTIONS =
            "Tools that Lynkr runs in the workspace of its own machine, under its operator's"
                    + " policy. A denial names the setting that stands behind it.";

    /** Reads and checks; problems are left in the settings. */
    static Tools from(Settings settings) {
        return new Tools(
                PolicySettings.from(settings, CommandRulesJson::read),
                SandboxSettings.from(settings),
                ToolSettings.from(settings));
    }

    GatewayTools build() {
        List<Tool> all = List.of();
        var catalog = new ToolCatalog(all, Map.of());
        var engine = PolicyEngine.of(policy, Path.of("").toAbsolutePath(), Facts.NONE);
        return new GatewayTools(
                new Toolbox(catalog, settings.injected(), settings.byName()),
                new ToolRunner(catalog, engine, ResultLimits.USUAL, ToolListener.NONE),
                new TurnLimits(policy.maxSteps(), policy.maxToolCalls()),
                settings.visible());
    }
}
