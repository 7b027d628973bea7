package io.lynkr.policy;

import java.nio.file.Path;
import java.util.List;

/**
 * The one place that decides. It fails closed: no action, an action nobody knows and a rule that
 * breaks are denials.
 */
public final class PolicyEngine {
    private static final Decision ALLOW = new Decision.Allow();

    private final Facts.ToolNames names;
    private final List<PolicyRule> rules;

    public PolicyEngine(Facts.ToolNames names, List<PolicyRule> rules) {
        this.names = names;
        this.rules = List.copyOf(rules);
    }

    /**
     * With all rules there are, in the order in which they are asked.
     *
     * @param programs which of them may be run
     * @param root the workspace's absolute path
     */
    public static PolicyEngine of(
            PolicySettings settings, SandboxSettings.Permissions programs, Path root, Facts facts) {
        var files = new FilePathRule(settings.allowedPaths(), settings.blockedPaths(), root);
        var git = new GitRule(settings, facts.testsPassed());
        return new PolicyEngine(
                facts.toolNames(),
                List.of(
                        new DisallowedToolsRule(settings.disallowedTools(), facts.toolNames()),
                        git,
                        new ProgramRule(programs),
                        new CommandLineRule(settings, files, git, root),
                        new CodeRule(),
                        files,
                        new FetchRule(facts.allowedHosts()),
                        new McpRule(settings.mcp()),
                        new OwnRecordsRule()));
    }

    /**
     * Decides about everything that one call would do.
     *
     * @param tool the tool's name, or an alias of it
     * @param actions all of it; a tool that states none is denied
     */
    public Decision decide(String tool, List<Action> actions) {
        if (actions.isEmpty()) {
            return new Decision.Deny(
                    "no_actions", "'" + tool + "' does not say what it would do, so it may not");
        }
        try {
            var canonical = names.canonical(tool);
            for (var action : actions) {
                if (decide(canonical, action) instanceof Decision.Deny denial) {
                    return denial;
                }
            }
            return ALLOW;
        } catch (RuntimeException | StackOverflowError broken) {
            return new Decision.Deny(
                    "policy_failed",
                    "the policy could not judge this ("
                            + broken.getClass().getSimpleName()
                            + "), so it may not be done");
        }
    }

    private Decision decide(String tool, Action action) {
        boolean allowed = false;
        for (var rule : rules) {
            switch (rule.judge(tool, action)) {
                case Ruling.NotMine() -> {}
                case Ruling.Allow() -> allowed = true;
                case Ruling.Deny(var name, var reason) -> {
                    return new Decision.Deny(name, reason);
                }
            }
        }
        if (allowed) {
            return ALLOW;
        }
        return new Decision.Deny(
                "unknown_action",
                "no rule knows the action "
                        + action.getClass().getSimpleName()
                        + " of '"
                        + tool
                        + "', so it may not be done");
    }
}
