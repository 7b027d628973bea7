package io.lynkr.tool.git;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonBool;
import io.lynkr.json.JsonNull;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;
import io.lynkr.json.JsonValue;
import io.lynkr.policy.Action;
import io.lynkr.tool.Arguments;
import io.lynkr.tool.CallContext;
import io.lynkr.tool.Parameter;
import io.lynkr.tool.Plan;
import io.lynkr.tool.Tool;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.ToolSpec;
import io.lynkr.workspace.WorkspacePath;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code workspace_diff}: the changed lines. Whole files are left out before one is cut. */
final class DiffTool implements Tool {
    /** With the lists, and as JSON writes it, this stays below what a result may hold. */
    private static final int MOST_CHARACTERS = 45_000;

    private static final int MOST_FILES = 200;
    private static final int USUAL_CONTEXT = 3;
    private static final int MOST_CONTEXT = 200;

    private static final ToolSpec SPEC =
            new ToolSpec(
                    "workspace_diff",
                    GitTools.FAMILY,
                    "Shows what has changed in the working tree, or what is staged, as a unified"
                            + " diff with totals for each file. Files whose diff does not fit are"
                            + " named in 'omitted'; ask for them one by one with 'path'.",
                    List.of(
                            Parameter.text(
                                            "path",
                                            "Only files at or below this path; all by default.")
                                    .or("file"),
                            Parameter.flag(
                                    "staged",
                                    "Whether to show what is staged instead; false by default."),
                            Parameter.number(
                                    "unified",
                                    0,
                                    MOST_CONTEXT,
                                    "Lines of context around each change; 3 by default.")),
                    ToolSpec.Effect.READS);

    private final Repository repository;

    DiffTool(Repository repository) {
        this.repository = repository;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) throws ToolException {
        var path = Paths.optional(repository, arguments.text("path"));
        var staged = arguments.flag("staged", false);
        var differ =
                Differ.of(repository, staged, (int) arguments.number("unified", USUAL_CONTEXT));
        var read =
                path.isPresent()
                        ? new Action.ReadFile(repository.path(path.get()))
                        : new Action.SearchFiles(WorkspacePath.ROOT);
        return new Plan(List.of(new Action.GitRead("diff"), read), () -> run(differ, staged, path));
    }

    private ToolResult run(Differ differ, boolean staged, Optional<String> path)
            throws ToolException, InterruptedException {
        var status = repository.status().only(entry -> path.stream().allMatch(entry::isAt));
        var files = differ.files(path);
        var diff = new StringBuilder();
        var omitted = new ArrayList<String>();
        var withheld = new ArrayList<String>();
        for (var file : differ.patches(files, path)) {
            if (!file.names().allMatch(repository::mayRead)) {
                withheld.add(file.file());
            } else if (diff.length() + file.patch().length() <= MOST_CHARACTERS) {
                diff.append(file.patch());
            } else if (diff.isEmpty()) {
                diff.append(file.patch(), 0, lineEnd(file.patch()))
                        .append("[the rest of this file's diff does not fit]\n");
                omitted.add(file.file());
            } else {
                omitted.add(file.file());
            }
        }
        var facts =
                JsonObject.of("staged", JsonBool.of(staged))
                        .with("path", path.<JsonValue>map(JsonString::of).orElse(JsonNull.NULL))
                        .with("status", JsonArray.ofStrings(status.raw().lines().toList()))
                        .with(
                                "totals",
                                JsonObject.EMPTY
                                        .with(
                                                "additions",
                                                files.stream().mapToLong(FileDiff::additions).sum())
                                        .with(
                                                "deletions",
                                                files.stream()
                                                        .mapToLong(FileDiff::deletions)
                                                        .sum()))
                        .with(
                                "files",
                                JsonArray.copyOf(
                                        files.stream()
                                                .limit(MOST_FILES)
                                                .map(FileDiff::json)
                                                .toList()))
                        .with("files_total", files.size())
                        .with("diff", diff.toString());
        if (!omitted.isEmpty()) {
            facts = facts.with("omitted", JsonArray.ofStrings(omitted));
        }
        if (!withheld.isEmpty()) {
            facts = facts.with("withheld", JsonArray.ofStrings(withheld));
        }
        return ToolResult.json(facts);
    }

    private static int lineEnd(String patch) {
        return patch.lastIndexOf('\n', MOST_CHARACTERS) + 1;
    }
}
