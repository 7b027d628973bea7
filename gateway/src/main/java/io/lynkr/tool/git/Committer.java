package io.lynkr.tool.git;

import io.lynkr.json.JsonObject;
import io.lynkr.policy.PolicySettings;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.tool.ToolResult;
import io.lynkr.workspace.GitCommand;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes commits of what is staged, after it was looked through and tested. */
final class Committer {
    private final Repository repository;
    private final PolicySettings policy;
    private final TestGate gate;

    Committer(Repository repository, PolicySettings policy, TestGate gate) {
        this.repository = repository;
        this.policy = policy;
        this.gate = gate;
    }

    /**
     * A commit to be made.
     *
     * @param message empty to keep that of the commit that is amended
     */
    record Wish(Optional<String> message, boolean amend, boolean skipTests) {}

    /** Whether {@link #commit} runs the tests itself if it must. */
    boolean runsTests() {
        return gate.runsTests();
    }

    /** Commits, or tells why not; then nothing has changed. */
    ToolResult commit(Wish wish, CallContext context) throws ToolException, InterruptedException {
        if (policy.scanSecrets()) {
            var found = SecretScan.findings(added(wish.amend));
            if (!found.isEmpty()) {
                return secretsFound(found);
            }
        }
        var tree = repository.stagedTree();
        return switch (gate.judge(tree, wish.skipTests, context)) {
            case TestGate.Verdict.Stop(var result) -> result;
            case TestGate.Verdict.Pass(var facts) ->
                    repository.change(() -> commitNow(wish, tree, facts));
        };
    }

    /** What the commit adds to the one before it. */
    private Differ added(boolean amend) throws ToolException, InterruptedException {
        var what = new ArrayList<>(List.of("--cached"));
        if (amend) {
            var before = repository.commit("HEAD^");
            what.add(before.isPresent() ? before.get() : repository.emptyTree());
        }
        return new Differ(repository, what, 0, true);
    }

    private static ToolResult secretsFound(List<String> found) {
        return new ToolResult.Denied(
                "git_secrets_found",
                "this would commit what looks like secrets: "
                        + String.join("; ", found)
                        + ". Take them out, or, if they are none, ask the user to commit or to set"
                        + " POLICY_GIT_SCAN_SECRETS=false");
    }

    private ToolResult commitNow(Wish wish, String tree, JsonObject preCommit)
            throws ToolException, InterruptedException {
        if (!repository.stagedTree().equals(tree)) {
            throw new ToolException(
                    Kind.CONFLICT,
                    "nothing was committed: somebody staged something else meanwhile; call it"
                            + " again");
        }
        var words = new ArrayList<String>();
        words.addAll(List.of("commit", "--quiet", "--no-verify", "--no-gpg-sign"));
        words.add("--cleanup=whitespace");
        if (wish.amend) {
            words.add("--amend");
        }
        words.addAll(wish.message.isPresent() ? List.of("--file=-") : List.of("--no-edit"));
        var command = GitCommand.changing(words.toArray(String[]::new));
        var run = repository.must(command.withInput(wish.message.orElse("")));
        var status = repository.status();
        return ToolResult.json(
                JsonObject.of("message", repository.text("log", "-1", "--format=%B"))
                        .with("commit", status.commit().orElse(""))
                        .with("branch", status.branch().orElse("HEAD"))
                        .with(
                                "output",
                                Answers.output(run)
                                        + repository.text(
                                                "log",
                                                "-1",
                                                "--format=%h %s",
                                                "--shortstat",
                                                "--no-ext-diff"))
                        .with("preCommit", preCommit));
    }
}
