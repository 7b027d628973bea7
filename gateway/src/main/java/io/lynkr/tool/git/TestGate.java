package io.lynkr.tool.git;

import io.lynkr.json.JsonObject;
import io.lynkr.policy.Facts;
import io.lynkr.policy.PolicySettings;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolResult;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Optional;

/**
 * Stands before a commit: lets content pass that the configured tests passed with, and runs them if
 * that is not known yet. What counts is the content, not when or by whom they were run.
 */
public final class TestGate implements Facts.TestsPassed {
    private static final Logger LOG = LoggerFactory.getLogger(TestGate.class);

    private final Repository repository;
    private final PolicySettings policy;
    private final TestCommand command;
    private final TestedTrees trees;

    TestGate(Repository repository, PolicySettings policy, TestCommand command, TestedTrees trees) {
        this.repository = repository;
        this.policy = policy;
        this.command = command;
        this.trees = trees;
    }

    /** What the gate says. */
    sealed interface Verdict {
        /** The commit may be made; the facts tell why. */
        record Pass(JsonObject facts) implements Verdict {}

        /** It must not. */
        record Stop(ToolResult result) implements Verdict {}
    }

    /** Whether this gate runs the tests itself, rather than only asking what is known. */
    boolean runsTests() {
        return policy.testCommand().isPresent();
    }

    /** The content of the working tree; empty if it cannot be told, as without a repository. */
    public Optional<String> content() throws InterruptedException {
        try {
            return Optional.of(repository.workingTree());
        } catch (ToolException unknown) {
            return Optional.empty();
        }
    }

    /**
     * Notes that tests passed elsewhere.
     *
     * @param tree what they passed with
     * @param ran the line that was run
     * @return whether it counts: it must be the one of POLICY_GIT_TEST_COMMAND, if there is one
     */
    public boolean passed(String tree, String ran) {
        if (runsTests() && !line().equals(ran)) {
            return false;
        }
        try {
            trees.passed(tree, line());
            return true;
        } catch (IOException lost) {
            LOG.warn("a passing test run cannot be written down", lost);
            return false;
        }
    }

    /** What cannot be looked up counts as not tested. */
    private boolean havePassed(String tree) {
        try {
            return trees.havePassed(tree, line());
        } catch (IOException unknown) {
            LOG.warn("it cannot be looked up what passed the tests", unknown);
            return false;
        }
    }

    private String line() {
        return policy.testCommand().orElse("");
    }

    /** Of a command line it is not known what it would commit, so both must have been tested. */
    @Override
    public boolean onThisTree() {
        try {
            return havePassed(repository.stagedTree()) && havePassed(repository.workingTree());
        } catch (ToolException unknown) {
            return false;
        } catch (InterruptedException leaves) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Judges what is about to be committed.
     *
     * @param tree its content
     * @param skip whether the tests need not run, as far as the policy lets them be skipped
     */
    Verdict judge(String tree, boolean skip, CallContext context)
            throws ToolException, InterruptedException {
        var facts = JsonObject.of("tree", tree);
        if (havePassed(tree)) {
            return new Verdict.Pass(
                    facts.with("ran", false).with("skipped", false).with("passed_before", true));
        }
        if (!runsTests()) {
            return policy.requireTests()
                    ? untested("no POLICY_GIT_TEST_COMMAND is set that could be run now")
                    : new Verdict.Pass(skipped(facts, "POLICY_GIT_TEST_COMMAND is not set"));
        }
        if (skip && !policy.requireTests()) {
            return new Verdict.Pass(skipped(facts, "skip_tests"));
        }
        var before = repository.workingTree();
        if (policy.requireTests() && !before.equals(tree)) {
            return untested(
                    "tests see the working tree, and it differs from what is staged; stage"
                            + " everything, or put the rest aside with workspace_git_stash");
        }
        context.progress().accept("runs the tests: " + line());
        var run = command.run(line(), context);
        facts =
                facts.with("ran", true)
                        .with("skipped", false)
                        .with("command", line())
                        .with("ending", run.ending());
        if (!run.passed()) {
            return new Verdict.Stop(
                    Answers.unsuccessful(
                            JsonObject.of("error", "tests_failed")
                                    .with(
                                            "message",
                                            "nothing was committed: the tests of"
                                                    + " POLICY_GIT_TEST_COMMAND did not pass")
                                    .with("preCommit", facts)
                                    .with("test_output", run.output())));
        }
        var after = repository.workingTree();
        if (after.equals(before)) {
            passed(after, line());
        } else if (policy.requireTests()) {
            return untested("files changed while the tests ran; call it again");
        }
        return new Verdict.Pass(facts.with("on_the_very_content", after.equals(tree)));
    }

    private static JsonObject skipped(JsonObject facts, String reason) {
        return facts.with("ran", false).with("skipped", true).with("reason", reason);
    }

    private static Verdict untested(String why) {
        return new Verdict.Stop(
                new ToolResult.Denied(
                        "git_tests_required",
                        "POLICY_GIT_REQUIRE_TESTS=true asks for a passing test run with exactly"
                                + " what is committed, but "
                                + why));
    }
}
