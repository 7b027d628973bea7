package io.lynkr.tool.edit;

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
import io.lynkr.tool.paths.CallPaths;
import io.lynkr.workspace.TextFile;
import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;
import io.lynkr.workspace.WorkspacePath;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Changes a file by a unified diff. */
public final class EditPatch implements Tool {
    private static final ToolSpec SPEC =
            new ToolSpec(
                    "edit_patch",
                    "edit",
                    "Changes one file of the workspace by a unified diff. All hunks are applied or"
                            + " none. Lines of context must be word for word what the file holds;"
                            + " line numbers may be a little wrong. A diff from /dev/null makes"
                            + " the file, one to /dev/null deletes it. The change can be undone"
                            + " with workspace_edit_revert.",
                    List.of(
                            Parameter.text(
                                            "path",
                                            "The file, relative to the workspace; by default the"
                                                    + " one that the patch names.")
                                    .or("file", "file_path", "filePath"),
                            Parameter.text(
                                            "patch",
                                            "The diff: hunks that begin with a line such as"
                                                    + " '@@ -1,3 +1,4 @@' and hold lines that begin"
                                                    + " with ' ', '-' or '+'.")
                                    .or("diff")
                                    .needed(),
                            Parameter.choice(
                                    "encoding",
                                    List.of("utf8", "utf-8"),
                                    "Accepted for older clients; the encoding is recognised.")),
                    ToolSpec.Effect.CHANGES);

    private final Workspace workspace;
    private final EditLog log;

    public EditPatch(Workspace workspace, EditLog log) {
        this.workspace = workspace;
        this.log = log;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) throws ToolException {
        var patch = parse(arguments.needed("patch"));
        var named = arguments.text("path").or(patch::path);
        if (named.isEmpty()) {
            throw new ToolException(
                    Kind.INVALID_ARGUMENTS, "neither 'path' nor the patch names the file");
        }
        var path = CallPaths.path(workspace, named.get());
        var resolved = CallPaths.resolved(workspace, path);
        // A patch that does not fit is told what stands there.
        return new Plan(
                List.of(new Action.ReadFile(resolved), new Action.WriteFile(resolved)),
                () -> apply(patch, path, context));
    }

    private static Patch parse(String text) throws ToolException {
        try {
            return Patch.parse(text);
        } catch (PatchException e) {
            throw failure(e);
        }
    }

    private static ToolException failure(PatchException e) {
        var failure =
                new ToolException(Kind.INVALID_ARGUMENTS, "nothing was changed: " + e.getMessage());
        failure.initCause(e);
        return failure;
    }

    private ToolResult apply(Patch patch, WorkspacePath path, CallContext context)
            throws ToolException {
        try {
            var file = ChangedFile.at(workspace, path);
            var after = patched(patch, file);
            if (EditLog.isSame(file.content(), after)) {
                throw new PatchException("the patch changes nothing");
            }
            file.become(after);
            return ToolResult.json(recorded(file, after, context));
        } catch (WorkspaceException e) {
            throw CallPaths.failure(e);
        } catch (PatchException e) {
            throw failure(e);
        }
    }

    private Optional<byte[]> patched(Patch patch, ChangedFile file)
            throws PatchException, ToolException, WorkspaceException {
        if (file.content().isEmpty()) {
            checkMakes(patch, file.path());
        } else if (patch.makes()) {
            throw new ToolException(
                    Kind.CONFLICT,
                    "the patch makes a new file, but there is already '" + file.path() + "'");
        }
        var before = file.content().isEmpty() ? TextFile.EMPTY : workspace.readText(file.path());
        var text = PatchedText.of(before, patch);
        if (!patch.deletes()) {
            return Optional.of(before.leavingLineEnds().encode(text));
        }
        if (!text.isEmpty() && !patch.hunks().isEmpty()) {
            throw new PatchException("it deletes the file, but leaves lines in it");
        }
        return Optional.empty();
    }

    private static void checkMakes(Patch patch, WorkspacePath path) throws ToolException {
        boolean fromNothing =
                !patch.deletes() && patch.hunks().stream().allMatch(hunk -> hunk.old().isEmpty());
        if (!patch.makes() && !fromNothing) {
            throw new ToolException(Kind.NOT_FOUND, "there is no '" + path + "' to patch");
        }
    }

    private JsonObject recorded(ChangedFile file, Optional<byte[]> after, CallContext context) {
        var path = file.path();
        var told =
                JsonObject.of("path", path.toString())
                        .with("resolved_path", path.below(workspace.root()).toString());
        try {
            long id = log.record(context.session(), SPEC.name(), path, file.content(), after);
            return told.with("edit_id", id);
        } catch (IOException e) {
            return told.with("warning", "applied, but it cannot be reverted: " + e.getMessage());
        }
    }
}
