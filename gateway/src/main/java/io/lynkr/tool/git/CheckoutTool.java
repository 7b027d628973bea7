package io.lynkr.tool.git;

import io.lynkr.json.JsonBool;
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

/** {@code workspace_git_checkout}: changes to another branch, or begins one. */
final class CheckoutTool implements Tool {
    private static final ToolSpec SPEC =
            new ToolSpec(
                    "workspace_git_checkout",
                    GitTools.FAMILY,
                    "Changes to another branch, tag or commit, or begins a branch here. Uncommitted"
                            + " changes come along; if they do not fit, nothing happens.",
                    List.of(
                            Parameter.text("branch", "The branch; or a tag or commit.")
                                    .or("name")
                                    .needed(),
                            Parameter.flag(
                                    "create",
                                    "Whether to begin a new branch of that name; false by"
                                            + " default.")),
                    ToolSpec.Effect.CHANGES);

    private final Repository repository;

    CheckoutTool(Repository repository) {
        this.repository = repository;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) throws ToolException {
        var given = arguments.needed("branch");
        boolean create = arguments.flag("create", false);
        var name =
                create
                        ? repository.beforehand(() -> repository.branchName(given))
                        : Repository.revision(given);
        return Plan.to(
                new Action.GitChange("checkout"), () -> repository.change(() -> run(name, create)));
    }

    private ToolResult run(String name, boolean create) throws ToolException, InterruptedException {
        var run = repository.run(create ? creating(name) : changing(name));
        if (!run.succeeded()) {
            throw new ToolException(Kind.CONFLICT, "nothing has changed: " + run.told());
        }
        var status = repository.status();
        return ToolResult.json(
                JsonObject.of("branch", name)
                        .with("created", JsonBool.of(create))
                        .with("output", run.told())
                        .with("currentBranch", status.branch().orElse("HEAD"))
                        .with("detached", status.branch().isEmpty()));
    }

    private static GitCommand creating(String name) {
        return GitCommand.changing("switch", "--no-track", "--create", name);
    }

    private GitCommand changing(String name) throws ToolException, InterruptedException {
        if (repository.commit("refs/heads/" + name).isPresent()) {
            return GitCommand.changing("switch", "--no-guess", name);
        }
        if (isOnRemote(name)) {
            return GitCommand.changing("switch", "--guess", name);
        }
        return GitCommand.changing("switch", "--detach", repository.knownCommit(name));
    }

    private boolean isOnRemote(String name) throws ToolException, InterruptedException {
        for (var remote : repository.remotes()) {
            if (repository.commit("refs/remotes/" + remote + "/" + name).isPresent()) {
                return true;
            }
        }
        return false;
    }
}
