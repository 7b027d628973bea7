package io.lynkr.tool.git;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonString;
import io.lynkr.policy.Action;
import io.lynkr.tool.Arguments;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.Parameter;
import io.lynkr.tool.Plan;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.ToolSpec;

import java.util.List;
import java.util.Optional;

/** {@code workspace_git_status}: the branch, and which files differ. */
final class StatusTool implements Tool {
    private static final ToolSpec SPEC =
            new ToolSpec(
                    "workspace_git_status",
                    GitTools.FAMILY,
                    "Tells the current branch, how far it is ahead of and behind its remote branch,"
                            + " and which files are staged, changed, untracked or in conflict.",
                    List.of(
                            Parameter.text(
                                    "path", "Only files at or below this path; all by default.")),
                    ToolSpec.Effect.READS);

    private final Repository repository;

    StatusTool(Repository repository) {
        this.repository = repository;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) throws ToolException {
        Optional<String> path = Paths.optional(repository, arguments.text("path"));
        return Plan.to(new Action.GitRead("status"), () -> run(path));
    }

    private ToolResult run(Optional<String> path) throws ToolException, InterruptedException {
        var all = repository.status();
        var status = all.only(entry -> path.stream().allMatch(entry::isAt));
        var facts =
                status.addLists(status.branchJson())
                        .withOptional("in_progress", repository.inProgress().map(JsonString::of))
                        .with("stashes", Stashes.list(repository).size())
                        .with("clean", status.entries().isEmpty())
                        .with("raw", status.raw());
        var ignored = repository.git().ignoredSettings();
        return ToolResult.json(
                ignored.isEmpty()
                        ? facts
                        : facts.with("ignored_settings", JsonArray.ofStrings(ignored)));
    }
}
