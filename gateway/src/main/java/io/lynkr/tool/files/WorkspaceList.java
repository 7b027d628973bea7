package io.lynkr.tool.files;

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
import io.lynkr.tool.paths.CallPaths;
import io.lynkr.workspace.FileEntry;
import io.lynkr.workspace.Listing;
import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;
import io.lynkr.workspace.WorkspacePath;

import java.util.List;

/** Lists files by name. */
public final class WorkspaceList implements Tool {
    private static final int USUAL_LIMIT = 1_000;
    private static final int MOST = 10_000;
    private static final int DEPTH = 64;

    private static final ToolSpec SPEC =
            new ToolSpec(
                    "workspace_list",
                    "files",
                    "Lists files of the workspace by name, without those that git ignores and"
                            + " without hidden ones.",
                    List.of(
                            Parameter.texts(
                                            "patterns",
                                            "Which files: src/**/*.java is for whole paths, *.java"
                                                    + " for names anywhere; all by default.")
                                    .or("pattern", "glob"),
                            Parameter.texts("ignore", "Files and folders to leave out, likewise."),
                            Parameter.text("path", "The folder to look in; all of the workspace.")
                                    .or("folder", "directory"),
                            Parameter.number(
                                    "limit",
                                    1,
                                    MOST,
                                    "How many entries at most; " + USUAL_LIMIT + " by default."),
                            Parameter.number(
                                    "offset",
                                    0,
                                    Integer.MAX_VALUE,
                                    "How many entries to pass over, to go on after a first list."),
                            Parameter.flag(
                                            "with_stats",
                                            "Adds sizes in bytes and times of change; false by"
                                                    + " default.")
                                    .or("include_stats"),
                            Parameter.flag(
                                    "include_directories", "Lists folders too; false by default."),
                            Parameter.flag(
                                    "include_hidden",
                                    "Lists names that begin with a dot too; false by default."),
                            Parameter.flag(
                                    "include_ignored",
                                    "Lists what git ignores too; false by default.")),
                    ToolSpec.Effect.READS);

    private final Workspace workspace;

    public WorkspaceList(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) throws ToolException {
        var folder = CallPaths.path(workspace, arguments.text("path").orElse("."));
        return Plan.to(
                new Action.ListFiles(CallPaths.resolved(workspace, folder)),
                () -> list(folder, arguments));
    }

    private ToolResult list(WorkspacePath folder, Arguments arguments) throws ToolException {
        try {
            var request =
                    new Listing.Request(
                            DEPTH, Integer.MAX_VALUE, arguments.flag("include_ignored", false));
            var listing = workspace.list(folder, request);
            var patterns = new Patterns(arguments.texts("patterns"), arguments.texts("ignore"));
            var found =
                    listing.entries().stream()
                            .filter(entry -> isWanted(entry, arguments))
                            .filter(entry -> patterns.want(entry.path()))
                            .toList();
            long offset = arguments.number("offset", 0);
            long limit = arguments.number("limit", USUAL_LIMIT);
            boolean withStats = arguments.flag("with_stats", false);
            var entries =
                    found.stream()
                            .skip(offset)
                            .limit(limit)
                            .map(entry -> json(entry, withStats))
                            .toList();
            var told = JsonObject.of("entries", JsonArray.copyOf(entries));
            if (listing.cut() || found.size() > offset + limit) {
                told = told.with("truncated", true).with("total", found.size());
            }
            return ToolResult.json(told);
        } catch (WorkspaceException e) {
            throw CallPaths.failure(e);
        }
    }

    private static boolean isWanted(FileEntry entry, Arguments arguments) {
        if (entry.kind() == FileEntry.Kind.FOLDER
                && !arguments.flag("include_directories", false)) {
            return false;
        }
        return arguments.flag("include_hidden", false)
                || entry.path().names().stream().noneMatch(name -> name.startsWith("."));
    }

    private static JsonObject json(FileEntry entry, boolean withStats) {
        var type =
                switch (entry.kind()) {
                    case FILE -> "file";
                    case FOLDER -> "directory";
                    case LINK -> "link";
                    case OTHER -> "other";
                };
        var json = JsonObject.of("path", entry.path().toString()).with("type", type);
        return withStats
                ? json.with("size", entry.size()).with("mtimeMs", entry.modified().toEpochMilli())
                : json;
    }
}
