package io.lynkr.policy;

import io.lynkr.workspace.Glob;

import java.util.Optional;
import java.util.regex.Pattern;

/** What git may do, by tool or by command line. */
final class GitRule implements PolicyRule {
    private final PolicySettings settings;
    private final Facts.TestsPassed tests;

    GitRule(PolicySettings settings, Facts.TestsPassed tests) {
        this.settings = settings;
        this.tests = tests;
    }

    @Override
    public Ruling judge(String tool, Action action) {
        return switch (action) {
            case Action.GitPush push -> judgePush(push);
            case Action.GitPull pull -> judgePull(pull);
            case Action.GitCommit commit -> judgeCommit(commit);
            case Action.GitRead _, Action.GitChange _ -> Ruling.ALLOW;
            default -> Ruling.NOT_MINE;
        };
    }

    /** Whether there is anything about git that is not allowed. */
    boolean restricts() {
        return !settings.allowPush()
                || !settings.allowPull()
                || !settings.allowCommit()
                || settings.requireTests()
                || settings.commitRegex().isPresent();
    }

    private Ruling judgePush(Action.GitPush push) {
        if (!settings.allowPush()) {
            return Ruling.deny(
                    "git_push_disabled",
                    "git push is turned off by POLICY_GIT_ALLOW_PUSH=false; leave pushing to the"
                            + " user, or ask them to set it to true");
        }
        if (push.force() && isProtected(push.branch())) {
            return Ruling.deny(
                    "git_branch_protected",
                    "the history of '"
                            + push.branch()
                            + "' must not be rewritten, as POLICY_GIT_PROTECTED_BRANCHES protects"
                            + " it; push without force, or to another branch");
        }
        return judgeNames("git_push_disabled", push.remote(), push.branch());
    }

    /** A branch that is not named could be any. */
    private boolean isProtected(String branch) {
        var name = branch.replaceFirst("^.*:", "").replaceFirst("^\\+", "");
        var plain = name.replaceFirst("^refs/heads/", "");
        boolean unknown = plain.isEmpty() || plain.equals("HEAD");
        return settings.protectedBranches().stream()
                .anyMatch(pattern -> unknown || Glob.matches(pattern, plain));
    }

    private Ruling judgePull(Action.GitPull pull) {
        if (!settings.allowPull()) {
            return Ruling.deny(
                    "git_pull_disabled",
                    "fetching from a remote is turned off by POLICY_GIT_ALLOW_PULL=false; ask the"
                            + " user to do it, or to set it to true");
        }
        return judgeNames("git_pull_disabled", pull.remote(), pull.branch());
    }

    /** A remote or branch that begins like an option, or a transport that runs a program. */
    private static Ruling judgeNames(String rule, String remote, String branch) {
        if (remote.startsWith("-") || branch.startsWith("-") || remote.contains("::")) {
            return Ruling.deny(rule, "'" + remote + " " + branch + "' names no remote and branch");
        }
        return Ruling.ALLOW;
    }

    private Ruling judgeCommit(Action.GitCommit commit) {
        if (!settings.allowCommit()) {
            return Ruling.deny(
                    "git_commit_disabled",
                    "commits are turned off by POLICY_GIT_ALLOW_COMMIT=false; leave committing to"
                            + " the user, or ask them to set it to true");
        }
        if (settings.requireTests() && !commit.testsFirst() && !tests.onThisTree()) {
            return Ruling.deny(
                    "git_tests_required",
                    "POLICY_GIT_REQUIRE_TESTS=true asks for a passing test run with exactly these"
                            + " changes; run the tests first (workspace_test_run), then commit");
        }
        return settings.commitRegex()
                .map(regex -> judgeMessage(regex, commit.message()))
                .orElse(Ruling.ALLOW);
    }

    private static Ruling judgeMessage(Pattern regex, Optional<String> message) {
        if (message.isEmpty()) {
            return Ruling.deny(
                    "git_commit_message",
                    "POLICY_GIT_COMMIT_REGEX checks commit messages, so the message must be given"
                            + " with -m");
        }
        if (!regex.matcher(message.get()).find()) {
            return Ruling.deny(
                    "git_commit_message",
                    "the commit message does not match POLICY_GIT_COMMIT_REGEX, which is "
                            + regex.pattern());
        }
        return Ruling.ALLOW;
    }
}
