package io.lynkr.tool.git;

import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
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
import io.lynkr.workspace.GitCommand;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code workspace_git_merge}: brings another branch's commits into the current one. */
final class MergeTool implements Tool {
    private static final ToolSpec SPEC =
            new ToolSpec(
                    "workspace_git_merge",
                    GitTools.FAMILY,
                    "Merges a branch into the current one. Conflicts stay in the files, for you to"
                            + " resolve, stage and commit; or call it with abort.",
                    List.of(
                            Parameter.text("source", "The branch or commit to merge.").or("branch"),
                            Parameter.flag(
                                    "no_commit",
                                    "Whether to stop before the merge commit; false by default."),
                            Parameter.flag(
                                    "squash",
                                    "Whether to only stage the changes, without a merge; false by"
                                            + " default."),
                            Parameter.flag(
                                    "ff_only",
                                    "Whether to refuse unless the branch only moves forward; false"
                                            + " by default."),
                            Parameter.text("message", "The merge commit's message."),
                            Parameter.flag(
                                    "abort",
                                    "Whether to undo a merge that is in progress, instead.")),
                    ToolSpec.Effect.CHANGES);

    private final Repository repository;
    private final Committer committer;

    MergeTool(Repository repository, Committer committer) {
        this.repository = repository;
        this.committer = committer;
    }

    /** How two branches lie to each other. */
    private enum Way {
        UP_TO_DATE,
        FORWARD,
        MERGE
    }

    private record Wish(
            String source,
            String commit,
            Way way,
            boolean noCommit,
            boolean squash,
            boolean forwardOnly,
            String message) {

        boolean commits() {
            return way == Way.MERGE && !noCommit && !squash && !forwardOnly;
        }
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) throws ToolException {
        var change = new Action.GitChange("merge");
        if (arguments.flag("abort", false)) {
            return Plan.to(change, () -> repository.change(this::abort));
        }
        var wish = repository.beforehand(() -> wish(arguments));
        var actions = new ArrayList<Action>(List.of(change));
        if (wish.commits()) {
            actions.add(new Action.GitCommit(Optional.of(wish.message), committer.runsTests()));
        }
        return new Plan(actions, () -> run(wish, context));
    }

    private Wish wish(Arguments arguments) throws ToolException, InterruptedException {
        var source =
                arguments
                        .text("source")
                        .orElseThrow(
                                () ->
                                        new ToolException(
                                                Kind.INVALID_ARGUMENTS, "'source' is missing"));
        var commit = repository.knownCommit(source);
        return new Wish(
                source,
                commit,
                way(commit),
                arguments.flag("no_commit", false),
                arguments.flag("squash", false),
                arguments.flag("ff_only", false),
                arguments.text("message").orElse("Merge '" + source + "'"));
    }

    private Way way(String commit) throws InterruptedException {
        var head = repository.commit("HEAD");
        if (head.isEmpty() || repository.isAncestor(head.get(), commit)) {
            return head.equals(Optional.of(commit)) ? Way.UP_TO_DATE : Way.FORWARD;
        }
        return repository.isAncestor(commit, head.get()) ? Way.UP_TO_DATE : Way.MERGE;
    }

    private ToolResult run(Wish wish, CallContext context)
            throws ToolException, InterruptedException {
        if (wish.way == Way.MERGE && wish.forwardOnly) {
            throw new ToolException(
                    Kind.CONFLICT,
                    "both branches have commits of their own, so ff_only does nothing");
        }
        var merged = repository.change(() -> merge(wish));
        if (merged.isPresent() || !wish.commits()) {
            return merged.orElseGet(() -> done(wish, "Already up to date.", false));
        }
        return commit(wish, context);
    }

    /** The result, unless a commit is still to be made. */
    private Optional<ToolResult> merge(Wish wish) throws ToolException, InterruptedException {
        var going = repository.inProgress();
        if (going.isPresent()) {
            throw new ToolException(Kind.CONFLICT, "a " + going.get() + " is in progress already");
        }
        if (wish.way == Way.UP_TO_DATE) {
            return Optional.empty();
        }
        if (wish.way == Way.MERGE && repository.status().hasStaged()) {
            throw new ToolException(
                    Kind.CONFLICT,
                    "something is staged, which a merge would mix with its own; commit, unstage or"
                            + " stash it first");
        }
        var words = new ArrayList<>(List.of("merge", "--no-autostash", "--no-verify"));
        if (wish.squash) {
            words.add("--squash");
        } else if (wish.way == Way.FORWARD) {
            words.add("--ff-only");
        } else {
            words.addAll(List.of("--no-ff", "--no-commit"));
        }
        words.addAll(List.of("-m", wish.message, wish.commit));
        var run = repository.run(GitCommand.changing(words.toArray(String[]::new)));
        if (!run.succeeded()) {
            return Optional.of(conflicts(wish, run.told()));
        }
        return wish.commits() ? Optional.empty() : Optional.of(done(wish, run.told(), true));
    }

    private ToolResult conflicts(Wish wish, String told)
            throws ToolException, InterruptedException {
        var status = repository.status();
        if (status.conflicts().isEmpty()) {
            throw new ToolException(Kind.CONFLICT, "nothing was merged, nothing changed: " + told);
        }
        return Answers.unsuccessful(
                facts(wish)
                        .with("error", "conflicts")
                        .with("conflicts", status.conflictNames())
                        .withOptional("in_progress", repository.inProgress().map(JsonString::of))
                        .with(
                                "message",
                                "resolve the conflicts (workspace_git_conflicts shows them), stage"
                                        + " the files and commit; or call workspace_git_merge with"
                                        + " abort=true")
                        .with("output", told));
    }

    private ToolResult commit(Wish wish, CallContext context)
            throws ToolException, InterruptedException {
        boolean kept = false;
        try {
            var result =
                    committer.commit(
                            new Committer.Wish(Optional.of(wish.message), false, false), context);
            kept = !result.isError();
            return kept ? done(wish, "", true) : withNote(result);
        } finally {
            if (!kept) {
                repository.change(() -> repository.must(GitCommand.changing("merge", "--abort")));
            }
        }
    }

    private static ToolResult withNote(ToolResult result) {
        return switch (result) {
            case ToolResult.Denied(var rule, var reason) ->
                    new ToolResult.Denied(rule, reason + " (the merge was undone)");
            case ToolResult.Unsuccessful(var content) ->
                    new ToolResult.Unsuccessful(
                            List.of(content.getFirst(), ToolResult.block("the merge was undone")));
            case ToolResult.Done _, ToolResult.Failed _ -> result;
        };
    }

    private ToolResult done(Wish wish, String output, boolean changed) {
        return ToolResult.json(
                facts(wish)
                        .with("changed", changed)
                        .with("output", output)
                        .with("committed", wish.commits()));
    }

    private static JsonObject facts(Wish wish) {
        return JsonObject.of("source", wish.source).with("commit", wish.commit);
    }

    private ToolResult abort() throws ToolException, InterruptedException {
        if (repository.inProgress().filter(what -> what.equals("merge")).isEmpty()) {
            throw new ToolException(Kind.CONFLICT, "no merge is in progress");
        }
        repository.must(GitCommand.changing("merge", "--abort"));
        return ToolResult.json(repository.status().addLists(JsonObject.of("aborted", "merge")));
    }
}
