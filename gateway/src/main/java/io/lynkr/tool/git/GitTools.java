package io.lynkr.tool.git;

import io.lynkr.policy.PolicySettings;
import io.lynkr.tool.Tool;
import io.lynkr.workspace.GitCli;
import io.lynkr.workspace.PathGuard;
import io.lynkr.workspace.Workspace;

import java.time.Clock;
import java.util.List;

/**
 * The tools for git in one workspace, and what others may know of them.
 *
 * @param all the tools
 * @param gate knows which content passed the tests; the policy asks it too
 * @param changes knows what is not committed yet
 */
public record GitTools(List<Tool> all, TestGate gate, WorkingChanges changes) {
    static final String FAMILY = "git";

    public GitTools {
        all = List.copyOf(all);
    }

    /**
     * What reviews need from elsewhere.
     *
     * @param adviser answers questions about changes
     * @param comments keeps what is said about lines
     */
    public record Reviewing(
            Adviser adviser,
            DiffCommentStore comments,
            References references,
            CoveredLines coverage) {}

    /**
     * Builds them.
     *
     * @param guard has the last word on files whose content would reach the model or a commit
     * @param tests runs POLICY_GIT_TEST_COMMAND
     * @param trees remembers what passed
     * @param review what the tools for reviews need
     */
    public static GitTools of(
            Workspace workspace,
            GitCli git,
            PathGuard guard,
            PolicySettings policy,
            TestCommand tests,
            TestedTrees trees,
            Reviewing review,
            Clock clock) {
        var repository = new Repository(git, guard);
        var gate = new TestGate(repository, policy, tests, trees);
        var commits = new Committer(repository, policy, gate);
        return new GitTools(
                List.of(
                        new StatusTool(repository),
                        new DiffTool(repository),
                        StageTool.stage(repository),
                        StageTool.unstage(repository),
                        new CommitTool(repository, commits),
                        new PushTool(repository),
                        new PullTool(repository),
                        new MergeTool(repository, commits),
                        new RebaseTool(repository, policy.autostash()),
                        new ConflictsTool(repository, workspace),
                        new BranchesTool(repository),
                        new CheckoutTool(repository),
                        new StashTool(repository),
                        new DiffByCommitTool(repository),
                        new ReleaseNotesTool(repository),
                        new ChangelogTool(repository, clock),
                        new PrTemplateTool(repository),
                        new DiffSummaryTool(repository, review.references, review.coverage),
                        new DiffReviewTool(repository, review.adviser),
                        new DiffCommentsTool(
                                repository,
                                review.comments,
                                new CommentPlaces(repository, workspace),
                                clock),
                        new PatchPlanTool(repository, review.adviser)),
                gate,
                new WorkingChanges(repository, workspace));
    }
}
