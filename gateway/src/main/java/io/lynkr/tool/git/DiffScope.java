package io.lynkr.tool.git;

import io.lynkr.json.JsonBool;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;
import io.lynkr.policy.Action;
import io.lynkr.tool.Arguments;
import io.lynkr.tool.Parameter;
import io.lynkr.tool.Plan;
import io.lynkr.tool.ToolException;
import io.lynkr.workspace.GitCommand;
import io.lynkr.workspace.WorkspacePath;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which changes a call is about.
 *
 * @param path only files at or below it
 * @param base the commit, branch or tag since which; empty for what is not committed
 */
record DiffScope(
        Repository repository,
        Optional<String> path,
        boolean staged,
        int unified,
        Optional<String> base) {
    private static final int MOST_CONTEXT = 200;

    /** The parameters for it, and then a tool's own. */
    static List<Parameter> parameters(int usualContext, Parameter... own) {
        var all = new ArrayList<Parameter>();
        all.add(
                Parameter.text("path", "Only files at or below this path; all by default.")
                        .or("file"));
        all.add(
                Parameter.flag(
                        "staged", "Whether only what is staged is meant; false by default."));
        all.add(
                Parameter.text(
                        "base",
                        "A branch, tag or commit: what has changed since this branch left it, the"
                                + " working tree included; without it, what is not committed."));
        all.add(
                Parameter.number(
                        "unified",
                        0,
                        MOST_CONTEXT,
                        "Lines of context; " + usualContext + " by default."));
        all.addAll(List.of(own));
        return all;
    }

    static DiffScope of(Repository repository, Arguments arguments, int usualContext)
            throws ToolException {
        var base = arguments.text("base");
        if (base.isPresent()) {
            Repository.revision(base.get());
        }
        return new DiffScope(
                repository,
                Paths.optional(repository, arguments.text("path")),
                arguments.flag("staged", false),
                (int) arguments.number("unified", usualContext),
                base);
    }

    /** What looking at it means to the policy. */
    Plan plan(Plan.Work work) throws ToolException {
        var read =
                path.isPresent()
                        ? new Action.ReadFile(repository.path(path.get()))
                        : new Action.SearchFiles(WorkspacePath.ROOT);
        return new Plan(List.of(new Action.GitRead("diff"), read), work);
    }

    /**
     * The changes.
     *
     * @param files with their patches
     * @param withheld files that tools may not read
     */
    record Changes(List<FileDiff> files, List<String> withheld) {}

    Changes changes() throws ToolException, InterruptedException {
        var differ = differ();
        var withheld = new ArrayList<String>();
        var shown = new ArrayList<FileDiff>();
        for (var file : differ.patches(differ.files(path), path)) {
            if (file.names().allMatch(repository::mayRead)) {
                shown.add(file);
            } else {
                withheld.add(file.file());
            }
        }
        return new Changes(shown, withheld);
    }

    private Differ differ() throws ToolException, InterruptedException {
        var what = new ArrayList<String>();
        if (staged) {
            what.add("--cached");
        }
        if (base.isPresent()) {
            var into = repository.knownCommit(base.get());
            var common = repository.run(GitCommand.reading("merge-base", into, "HEAD"));
            what.add(common.succeeded() ? common.out().strip() : into);
        } else if (!staged) {
            var last = repository.commit("HEAD");
            what.add(last.isPresent() ? last.get() : repository.emptyTree());
        }
        return new Differ(repository, what, unified, false);
    }

    /** {@code {staged, path, base?}}. */
    JsonObject json() {
        return JsonObject.of("staged", JsonBool.of(staged))
                .with("path", path.<JsonValue>map(JsonString::of).orElse(JsonNull.NULL))
                .withOptional("base", base.map(JsonString::of));
    }
}
