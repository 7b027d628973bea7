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
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.ToolSpec;
import io.lynkr.workspace.GitCommand;

import java.util.ArrayList;
import java.util.List;

/** {@code workspace_git_stage} and {@code workspace_git_unstage}. */
final class StageTool implements Tool {
    private final Repository repository;
    private final boolean stages;
    private final ToolSpec spec;

    private StageTool(Repository repository, boolean stages, String description) {
        this.repository = repository;
        this.stages = stages;
        this.spec =
                new ToolSpec(
                        stages ? "workspace_git_stage" : "workspace_git_unstage",
                        GitTools.FAMILY,
                        description,
                        List.of(
                                Parameter.texts("paths", "Files or folders; all by default.")
                                        .or("path", "file"),
                                Parameter.flag(
                                        "all", "Whether to take all; true if no paths are given.")),
                        ToolSpec.Effect.CHANGES);
    }

    static StageTool stage(Repository repository) {
        return new StageTool(
                repository,
                true,
                "Puts changes, new files and deletions into the index for the next commit. Files"
                        + " that tools may not read are left out.");
    }

    static StageTool unstage(Repository repository) {
        return new StageTool(
                repository,
                false,
                "Takes changes out of the index again; the files themselves stay as they are.");
    }

    @Override
    public ToolSpec spec() {
        return spec;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) throws ToolException {
        var paths = new ArrayList<String>();
        var actions =
                new ArrayList<Action>(List.of(new Action.GitChange(stages ? "add" : "reset")));
        boolean all = arguments.flag("all", false) || arguments.texts("paths").isEmpty();
        for (var given : arguments.texts("paths")) {
            var path = repository.path(given);
            all |= path.isRoot();
            paths.add(path.toString());
            if (stages && !path.isRoot()) {
                actions.add(new Action.ReadFile(path));
            }
        }
        List<String> wanted = all ? List.of() : paths;
        return new Plan(
                actions,
                () -> repository.change(() -> stages ? stageNow(wanted) : unstageNow(wanted)));
    }

    private ToolResult stageNow(List<String> wanted) throws ToolException, InterruptedException {
        var taken = new ArrayList<String>();
        var leftOut = new ArrayList<String>();
        var status = repository.status();
        for (var entry : status.entries()) {
            if (isWanted(entry, wanted)
                    && (entry.isUnstaged() || entry.isUntracked() || entry.conflict())) {
                boolean isRepository = entry.file().endsWith("/");
                boolean may = !isRepository && entry.names().allMatch(repository::mayRead);
                (may ? taken : leftOut).add(entry.file());
            }
        }
        checkAllFound(wanted, status);
        if (!taken.isEmpty()) {
            repository.must(
                    GitCommand.changing(
                                    "add", "--all", "--pathspec-from-file=-", "--pathspec-file-nul")
                            .withNames(taken));
        }
        return result(taken, leftOut);
    }

    private ToolResult unstageNow(List<String> wanted) throws ToolException, InterruptedException {
        var status = repository.status();
        var taken =
                status.entries().stream()
                        .filter(entry -> entry.isStaged() && isWanted(entry, wanted))
                        .flatMap(GitStatus.Entry::names)
                        .toList();
        checkAllFound(wanted, status);
        if (!taken.isEmpty()) {
            var command =
                    status.commit().isPresent()
                            ? GitCommand.changing(
                                    "reset",
                                    "--quiet",
                                    "--pathspec-from-file=-",
                                    "--pathspec-file-nul")
                            : GitCommand.changing(
                                    "rm",
                                    "--cached",
                                    "--quiet",
                                    "--force",
                                    "--pathspec-from-file=-",
                                    "--pathspec-file-nul");
            repository.must(command.withNames(taken));
        }
        return result(taken, List.of());
    }

    private static boolean isWanted(GitStatus.Entry entry, List<String> wanted) {
        return wanted.isEmpty() || wanted.stream().anyMatch(entry::isAt);
    }

    /** A name that stands for nothing changed is more likely a mistake than meant. */
    private static void checkAllFound(List<String> wanted, GitStatus status) throws ToolException {
        for (var path : wanted) {
            if (status.entries().stream().noneMatch(entry -> entry.isAt(path))) {
                throw new ToolException(
                        Kind.NOT_FOUND,
                        "nothing at '"
                                + path
                                + "' differs from the last commit (or git ignores it); nothing was"
                                + " done");
            }
        }
    }

    private ToolResult result(List<String> taken, List<String> leftOut)
            throws ToolException, InterruptedException {
        var facts =
                repository
                        .status()
                        .addLists(
                                JsonObject.of(
                                        stages ? "added" : "removed", JsonArray.ofStrings(taken)));
        return ToolResult.json(
                leftOut.isEmpty() ? facts : facts.with("left_out", JsonArray.ofStrings(leftOut)));
    }
}
