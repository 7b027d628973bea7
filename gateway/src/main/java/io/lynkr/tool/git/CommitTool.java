package io.lynkr.tool.git;

import io.lynkr.policy.Action;
import io.lynkr.tool.Arguments;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.Parameter;
import io.lynkr.tool.Plan;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.ToolSpec;

import java.util.List;
import java.util.Optional;

/** {@code workspace_git_commit}: commits what is staged. */
final class CommitTool implements Tool {
    private static final ToolSpec SPEC =
            new ToolSpec(
                    "workspace_git_commit",
                    GitTools.FAMILY,
                    "Commits what is staged, after the configured tests have passed with it and no"
                            + " secrets were found in it. Also concludes a merge whose conflicts"
                            + " are resolved and staged. The repository's hooks do not run.",
                    List.of(
                            Parameter.text(
                                            "message",
                                            "The commit message; needed unless an amended commit"
                                                    + " keeps its own.")
                                    .or("msg"),
                            Parameter.flag(
                                    "skip_tests",
                                    "Whether not to run the tests, where the policy lets them be"
                                            + " skipped; false by default."),
                            Parameter.flag(
                                    "amend",
                                    "Whether to replace the last commit; false by default."),
                            Parameter.flag(
                                    "no_edit",
                                    "Whether an amended commit keeps its message; false by"
                                            + " default.")),
                    ToolSpec.Effect.CHANGES);

    private final Repository repository;
    private final Committer committer;

    CommitTool(Repository repository, Committer committer) {
        this.repository = repository;
        this.committer = committer;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) throws ToolException {
        boolean amend = arguments.flag("amend", false);
        var message = arguments.text("message").filter(text -> !text.isBlank());
        boolean keeps = amend && message.isEmpty() && arguments.flag("no_edit", false);
        if (message.isEmpty() && !keeps) {
            throw new ToolException(
                    Kind.INVALID_ARGUMENTS,
                    "'message' is missing; only with amend and no_edit the old one stays");
        }
        if (message.stream().anyMatch(text -> text.indexOf('\0') >= 0)) {
            throw new ToolException(Kind.INVALID_ARGUMENTS, "'message' has a NUL in it");
        }
        var wish = new Committer.Wish(message, amend, arguments.flag("skip_tests", false));
        var judged =
                keeps
                        ? Optional.of(
                                repository.beforehand(
                                        () -> repository.text("log", "-1", "--format=%B")))
                        : message;
        var action = new Action.GitCommit(judged, committer.runsTests());
        return Plan.to(action, () -> run(wish, context));
    }

    private ToolResult run(Committer.Wish wish, CallContext context)
            throws ToolException, InterruptedException {
        var status = repository.status();
        if (!status.conflicts().isEmpty()) {
            throw new ToolException(
                    Kind.CONFLICT,
                    "there are conflicts in "
                            + String.join(", ", status.conflictNames().strings())
                            + "; resolve and stage them first");
        }
        var going = repository.inProgress();
        if (going.filter(what -> what.equals("rebase")).isPresent()) {
            throw new ToolException(
                    Kind.CONFLICT,
                    "a rebase is in progress; go on with workspace_git_rebase, action continue");
        }
        if (!status.hasStaged() && !wish.amend() && going.isEmpty()) {
            throw new ToolException(
                    Kind.CONFLICT, "nothing is staged; stage something with workspace_git_stage");
        }
        return committer.commit(wish, context);
    }
}
