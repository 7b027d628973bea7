package io.lynkr.tool.git;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.policy.Action;
import io.lynkr.tool.Arguments;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.Parameter;
import io.lynkr.tool.Plan;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.ToolSpec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code workspace_diff_by_commit}: which files each commit changed. */
final class DiffByCommitTool implements Tool {
    private static final int USUAL = 10;
    private static final int MOST = 50;

    private static final ToolSpec SPEC =
            new ToolSpec(
                    "workspace_diff_by_commit",
                    GitTools.FAMILY,
                    "Lists commits, the latest first, each with the files it changed and how many"
                            + " lines.",
                    List.of(
                            Parameter.text(
                                            "since",
                                            "Where to begin, not included: a commit, tag, branch or"
                                                    + " date (YYYY-MM-DD).")
                                    .or("from"),
                            Parameter.text(
                                            "until",
                                            "Where to end, included; HEAD, the current commit, by"
                                                    + " default.")
                                    .or("to"),
                            Parameter.number(
                                    "limit", 1, MOST, "How many commits at most; 10 by default.")),
                    ToolSpec.Effect.READS);

    private final Repository repository;

    DiffByCommitTool(Repository repository) {
        this.repository = repository;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) {
        return Plan.to(new Action.GitRead("log"), () -> run(arguments));
    }

    private ToolResult run(Arguments arguments) throws ToolException, InterruptedException {
        var range = History.range(repository, arguments.text("since"), arguments.text("until"));
        var commits = History.commits(repository, range, arguments.number("limit", USUAL), true);
        var told = new ArrayList<JsonObject>();
        for (var commit : commits) {
            told.add(commit.json("commit").with("files", files(commit)));
        }
        return ToolResult.json(
                JsonObject.of("range", range.name()).with("commits", JsonArray.copyOf(told)));
    }

    /** Compared with the commit before it; for a merge, with the branch it was merged into. */
    private JsonArray files(History.Commit commit) throws ToolException, InterruptedException {
        var before = repository.commit(commit.hash() + "^1");
        var from = before.isPresent() ? before.get() : repository.emptyTree();
        var differ = new Differ(repository, List.of(from, commit.hash()), 0, false);
        return JsonArray.copyOf(
                differ.files(Optional.empty()).stream().map(FileDiff::json).toList());
    }
}
