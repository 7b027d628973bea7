package io.lynkr.policy;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What tools may do.
 *
 * @param maxSteps calls of the model in one turn
 * @param maxToolCalls calls of tools in one turn
 * @param disallowedTools names, aliases or patterns of tools that are off
 * @param testCommand a shell line that runs the tests before a commit
 * @param protectedBranches names, or patterns of them, whose pushed history is not rewritten
 * @param scanSecrets whether commits are looked through for secrets
 * @param commandRules by the command's name; empty where commands are not checked
 * @param mcp which tools of MCP servers may be called
 */
public record PolicySettings(
        int maxSteps,
        int maxToolCalls,
        List<String> disallowedTools,
        boolean allowPush,
        boolean allowPull,
        boolean allowCommit,
        boolean requireTests,
        Optional<String> testCommand,
        Optional<Pattern> commitRegex,
        boolean autostash,
        List<String> protectedBranches,
        boolean scanSecrets,
        List<String> allowedPaths,
        List<String> blockedPaths,
        boolean safeCommands,
        Map<String, CommandRule> commandRules,
        McpPermissions mcp) {

    public static final Setting<Integer> MAX_STEPS =
            Setting.integer(
                    "POLICY_MAX_STEPS", 8, 1, 1_000, "How often a turn may ask the model at most.");

    public static final Setting<Integer> MAX_TOOL_CALLS =
            Setting.integer(
                    "POLICY_MAX_TOOL_CALLS",
                    12,
                    0,
                    10_000,
                    "How many tools the gateway runs in one turn at most.");

    public static final Setting<List<String>> DISALLOWED_TOOLS =
            Setting.list(
                    "POLICY_DISALLOWED_TOOLS",
                    "",
                    "Tools that are off, under any of their names; a * stands for any characters.");

    public static final Setting<Boolean> GIT_ALLOW_PUSH =
            Setting.bool(
                    "POLICY_GIT_ALLOW_PUSH",
                    false,
                    "Lets workspace_git_push, and git push in a command line, reach a remote.");

    public static final Setting<Boolean> GIT_ALLOW_PULL =
            Setting.bool(
                    "POLICY_GIT_ALLOW_PULL",
                    true,
                    "Lets workspace_git_pull, and fetching in a command line, reach a remote.");

    public static final Setting<Boolean> GIT_ALLOW_COMMIT =
            Setting.bool(
                    "POLICY_GIT_ALLOW_COMMIT", true, "Lets tools and command lines make commits.");

    public static final Setting<Boolean> GIT_REQUIRE_TESTS =
            Setting.bool(
                    "POLICY_GIT_REQUIRE_TESTS",
                    false,
                    "Lets a commit pass only after a passing test run of exactly its content.");

    public static final Setting<Optional<String>> GIT_TEST_COMMAND =
            Setting.text(
                    "POLICY_GIT_TEST_COMMAND", "A shell line that runs the tests before a commit.");

    public static final Setting<Optional<String>> GIT_COMMIT_REGEX =
            Setting.text(
                    "POLICY_GIT_COMMIT_REGEX",
                    "A regular expression that must be found in every commit message.");

    public static final Setting<Boolean> GIT_AUTOSTASH =
            Setting.bool(
                    "POLICY_GIT_AUTOSTASH",
                    false,
                    "Puts uncommitted changes aside before a push or rebase, and back after it.");

    public static final Setting<List<String>> GIT_PROTECTED_BRANCHES =
            Setting.list(
                    "POLICY_GIT_PROTECTED_BRANCHES",
                    "main,master",
                    "Branches whose history no push may rewrite; names, or patterns such as"
                            + " release/*.");

    public static final Setting<Boolean> GIT_SCAN_SECRETS =
            Setting.bool(
                    "POLICY_GIT_SCAN_SECRETS",
                    true,
                    "Refuses commits that would add private keys or well-known kinds of tokens.");

    public static final Setting<List<String>> FILE_ALLOWED_PATHS =
            Setting.list(
                    "POLICY_FILE_ALLOWED_PATHS",
                    "",
                    "If set, the only paths that tools read and write; names, paths or patterns"
                            + " with *.");

    public static final Setting<List<String>> FILE_BLOCKED_PATHS =
            Setting.list(
                    "POLICY_FILE_BLOCKED_PATHS",
                    "/.env,.env,/etc/passwd,/etc/shadow",
                    "Paths that tools neither read nor write; stronger than the allowed ones.");

    public static final Setting<Boolean> SAFE_COMMANDS_ENABLED =
            Setting.bool(
                    "POLICY_SAFE_COMMANDS_ENABLED",
                    true,
                    "Checks every command in a command line against rules before it runs.");

    public static final Setting<Optional<String>> SAFE_COMMANDS_CONFIG =
            Setting.text(
                    "POLICY_SAFE_COMMANDS_CONFIG",
                    "Rules that replace the built-in ones, as JSON: an object of command names,"
                            + " each with allowed, allowedFlags, blockedPatterns and reason.");

    public PolicySettings {
        disallowedTools = List.copyOf(disallowedTools);
        protectedBranches = List.copyOf(protectedBranches);
        allowedPaths = List.copyOf(allowedPaths);
        blockedPaths = List.copyOf(blockedPaths);
        commandRules = Map.copyOf(commandRules);
    }

    /**
     * Reads and checks; problems are left in the settings.
     *
     * @param readRules reads {@link #SAFE_COMMANDS_CONFIG}; throws {@link IllegalArgumentException}
     *     saying what is wrong
     */
    public static PolicySettings from(
            Settings settings, Function<String, Map<String, CommandRule>> readRules) {
        return new PolicySettings(
                settings.get(MAX_STEPS),
                settings.get(MAX_TOOL_CALLS),
                settings.get(DISALLOWED_TOOLS),
                settings.get(GIT_ALLOW_PUSH),
                settings.get(GIT_ALLOW_PULL),
                settings.get(GIT_ALLOW_COMMIT),
                settings.get(GIT_REQUIRE_TESTS),
                settings.get(GIT_TEST_COMMAND),
                commitRegex(settings),
                settings.get(GIT_AUTOSTASH),
                settings.get(GIT_PROTECTED_BRANCHES),
                settings.get(GIT_SCAN_SECRETS),
                settings.get(FILE_ALLOWED_PATHS),
                settings.get(FILE_BLOCKED_PATHS),
                settings.get(SAFE_COMMANDS_ENABLED),
                commandRules(settings, readRules),
                McpPermissions.from(settings));
    }

    private static Optional<Pattern> commitRegex(Settings settings) {
        try {
            return settings.get(GIT_COMMIT_REGEX).map(Pattern::compile);
        } catch (PatternSyntaxException wrong) {
            settings.problem(
                    GIT_COMMIT_REGEX,
                    "it is no regular expression: " + wrong.getDescription(),
                    "Write one such as ^(feat|fix): .+");
            return Optional.empty();
        }
    }

    private static Map<String, CommandRule> commandRules(
            Settings settings, Function<String, Map<String, CommandRule>> readRules) {
        var rules = new HashMap<>(SafeCommands.USUAL);
        try {
            settings.get(SAFE_COMMANDS_CONFIG).map(readRules).ifPresent(rules::putAll);
        } catch (IllegalArgumentException wrong) {
            settings.problem(
                    SAFE_COMMANDS_CONFIG,
                    wrong.getMessage() == null ? "it cannot be read" : wrong.getMessage(),
                    "Write an object such as {\"rm\":{\"allowed\":true}}");
        }
        return rules;
    }
}
