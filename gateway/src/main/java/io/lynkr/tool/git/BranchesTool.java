package io.lynkr.tool.git;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonBool;
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

/** {@code workspace_git_branches}: the branches, the latest first. */
final class BranchesTool implements Tool {
    private static final int MOST = 500;
    private static final String FORMAT =
            "%(HEAD)%00%(refname)%00%(objectname)%00%(upstream:short)%00%(upstream:track)%00"
                    + "%(committerdate:iso-strict)%00%(contents:subject)";

    private static final ToolSpec SPEC =
            new ToolSpec(
                    "workspace_git_branches",
                    GitTools.FAMILY,
                    "Lists branches with their last commit, the latest first.",
                    List.of(
                            Parameter.flag(
                                    "remote",
                                    "Whether to list those of remotes, as of the last fetch, too;"
                                            + " false by default.")),
                    ToolSpec.Effect.READS);

    private final Repository repository;

    BranchesTool(Repository repository) {
        this.repository = repository;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) {
        boolean remote = arguments.flag("remote", false);
        return Plan.to(new Action.GitRead("branch"), () -> run(remote));
    }

    private ToolResult run(boolean remote) throws ToolException, InterruptedException {
        var words =
                new ArrayList<>(
                        List.of(
                                "for-each-ref",
                                "--sort=-committerdate",
                                "--count=" + MOST,
                                "--format=" + FORMAT,
                                "refs/heads"));
        if (remote) {
            words.add("refs/remotes");
        }
        var branches =
                repository
                        .text(words.toArray(String[]::new))
                        .lines()
                        .map(line -> line.split("\0", -1))
                        .filter(parts -> parts.length == 7)
                        .map(BranchesTool::branch)
                        .toList();
        return ToolResult.json(JsonObject.of("branches", JsonArray.copyOf(branches)));
    }

    private static JsonObject branch(String[] parts) {
        var isRemote = parts[1].startsWith("refs/remotes/");
        var branch =
                JsonObject.of("current", JsonBool.of(parts[0].equals("*")))
                        .with("name", parts[1].replaceFirst("^refs/(heads|remotes)/", ""))
                        .with("remote", isRemote)
                        .with("commit", parts[2]);
        if (!parts[3].isEmpty()) {
            branch = branch.with("upstream", parts[3]).with("track", parts[4]);
        }
        return branch.with("date", parts[5]).with("subject", parts[6]);
    }
}
