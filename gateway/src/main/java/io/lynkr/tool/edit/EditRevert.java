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
import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;
import io.lynkr.workspace.WorkspacePath;

import java.io.IOException;
import java.util.List;

/** Undoes what a tool has changed, unless somebody has changed the file since. */
public final class EditRevert implements Tool {
    private static final String SOURCE = "revert_edit";

    private static final ToolSpec SPEC =
            new ToolSpec(
                    "workspace_edit_revert",
                    "edit",
                    "Gives a file the content that it had before an edit. If the file is no longer"
                            + " what the edit made of it, nothing happens and the difference is"
                            + " shown. The revert is an edit itself and can be undone.",
                    List.of(
                            Parameter.number(
                                            "id",
                                            1,
                                            Long.MAX_VALUE,
                                            "The edit, as workspace_edit_history lists it.")
                                    .or("edit_id", "editId")
                                    .needed(),
                            Parameter.flag(
                                    "force",
                                    "Overwrites what was changed since the edit; false by"
                                            + " default.")),
                    ToolSpec.Effect.CHANGES);

    private final Workspace workspace;
    private final EditLog log;

    public EditRevert(Workspace workspace, EditLog log) {
        this.workspace = workspace;
        this.log = log;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) throws ToolException {
        long id = arguments.number("id", 0);
        var path = CallPaths.path(workspace, find(id).path());
        var resolved = CallPaths.resolved(workspace, path);
        return new Plan(
                List.of(new Action.ReadFile(resolved), new Action.WriteFile(resolved)),
                () -> revert(id, path, arguments.flag("force", false), context));
    }

    private Edit find(long id) throws ToolException {
        try {
            return log.store().find(id).orElseThrow(() -> missing(id));
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static ToolException missing(long id) {
        return new ToolException(
                Kind.NOT_FOUND,
                "there is no edit " + id + " in this workspace; the oldest are forgotten");
    }

    private static ToolException unavailable(IOException e) {
        return new ToolException(Kind.UNAVAILABLE, String.valueOf(e.getMessage()));
    }

    private ToolResult revert(long id, WorkspacePath path, boolean force, CallContext context)
            throws ToolException {
        try {
            var versions = log.store().versions(id).orElseThrow(() -> missing(id));
            var file = ChangedFile.at(workspace, path);
            if (!force && !EditLog.isSame(file.content(), versions.after())) {
                throw conflict(id, file, versions);
            }
            var told =
                    JsonObject.EMPTY.with("revertedEditId", id).with("filePath", path.toString());
            if (EditLog.isSame(file.content(), versions.before())) {
                return ToolResult.json(told.with("changed", false));
            }
            file.become(versions.before());
            return ToolResult.json(recorded(told, id, file, versions, context));
        } catch (WorkspaceException e) {
            throw CallPaths.failure(e);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static ToolException conflict(long id, ChangedFile file, Versions versions) {
        return new ToolException(
                Kind.CONFLICT,
                "'%s' is no longer what edit %d made of it, so nothing was reverted; force overwrites"
                                .formatted(file.path(), id)
                        + " it. Changed since:\n"
                        + Diffs.of(file.path().toString(), versions.after(), file.content()));
    }

    private JsonObject recorded(
            JsonObject told, long id, ChangedFile file, Versions versions, CallContext context) {
        try {
            return told.with(
                    "edit_id",
                    log.record(
                            context.session(),
                            SOURCE,
                            file.path(),
                            file.content(),
                            versions.before(),
                            JsonObject.EMPTY.with("revertedEditId", id)));
        } catch (IOException e) {
            return told.with("warning", "reverted, but not recorded: " + e.getMessage());
        }
    }
}
