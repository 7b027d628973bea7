package io.lynkr.tool.git;

import io.lynkr.json.JsonObject;
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

import java.util.List;
import java.util.Optional;

/** {@code workspace_git_pull}: fetches, and moves the branch forward; never makes a commit. */
final class PullTool implements Tool {
    private static final ToolSpec SPEC =
            new ToolSpec(
                    "workspace_git_pull",
                    GitTools.FAMILY,
                    "Fetches a branch from a remote and moves the current branch forward to it. If"
                            + " both have commits of their own, it only fetches and says so; then"
                            + " use workspace_git_merge or workspace_git_rebase.",
                    List.of(
                            Parameter.text(
                                    "remote",
                                    "The remote's name; that of the current branch, or origin, by"
                                            + " default."),
                            Parameter.text(
                                    "branch",
                                    "The remote's branch; the one that the current branch follows,"
                                            + " or of the same name, by default.")),
                    ToolSpec.Effect.CHANGES);

    private final Repository repository;

    PullTool(Repository repository) {
        this.repository = repository;
    }

    private record Source(String remote, String branch) {}

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) throws ToolException {
        var source =
                repository.beforehand(
                        () -> source(arguments.text("remote"), arguments.text("branch")));
        return Plan.to(
                new Action.GitPull(source.remote, source.branch),
                () -> repository.change(() -> run(source, context)));
    }

    private Source source(Optional<String> remote, Optional<String> branch)
            throws ToolException, InterruptedException {
        var status = repository.status();
        var upstream = status.upstream();
        var remotes = repository.remotes();
        var followed =
                remotes.stream()
                        .filter(it -> upstream.filter(up -> up.startsWith(it + "/")).isPresent())
                        .findFirst();
        var from = repository.remote(remote.or(() -> followed).orElse("origin"));
        var ofUpstream =
                upstream.filter(_ -> followed.equals(Optional.of(from)))
                        .map(name -> name.substring(from.length() + 1));
        var name = branch.or(() -> ofUpstream).or(status::branch);
        if (name.isEmpty()) {
            throw new ToolException(
                    Kind.CONFLICT, "no branch is checked out; name the branch to pull");
        }
        return new Source(from, repository.branchName(name.get()));
    }

    private ToolResult run(Source source, CallContext context)
            throws ToolException, InterruptedException {
        repository.checkRemotePlaces(source.remote, false);
        var fetch =
                repository.run(
                        GitCommand.changing(
                                        "fetch",
                                        "--no-recurse-submodules",
                                        Remotes.SENDER,
                                        "--",
                                        source.remote,
                                        "refs/heads/" + source.branch)
                                .withNetwork()
                                .withTime(context.deadline().atMost(Remotes.TIME)));
        if (!fetch.succeeded()) {
            throw new ToolException(
                    Kind.FAILED, "nothing was fetched, nothing changed: " + fetch.told());
        }
        var fetched = repository.knownCommit("FETCH_HEAD");
        var facts =
                JsonObject.of("remote", source.remote)
                        .with("branch", source.branch)
                        .with("fetched", fetched);
        var head = repository.commit("HEAD");
        if (head.isPresent() && repository.isAncestor(fetched, head.get())) {
            return result(facts.with("updated", false), "Already up to date.");
        }
        if (head.isPresent() && !repository.isAncestor(head.get(), fetched)) {
            return Answers.unsuccessful(
                    status(facts.with("updated", false))
                            .with("error", "diverged")
                            .with(
                                    "message",
                                    "both branches have commits of their own; nothing was merged."
                                            + " Merge or rebase onto "
                                            + fetched));
        }
        var merge =
                repository.run(
                        GitCommand.changing("merge", "--ff-only", "--no-autostash", fetched));
        if (!merge.succeeded()) {
            return Answers.unsuccessful(
                    status(facts.with("updated", false))
                            .with("error", "not_moved")
                            .with(
                                    "message",
                                    "it was fetched, but the branch stays where it was: "
                                            + merge.told()));
        }
        return result(facts.with("updated", true), Answers.output(fetch, merge));
    }

    private ToolResult result(JsonObject facts, String output)
            throws ToolException, InterruptedException {
        return ToolResult.json(status(facts).with("output", output));
    }

    private JsonObject status(JsonObject facts) throws ToolException, InterruptedException {
        return facts.with("branchStatus", repository.status().branchJson());
    }
}
