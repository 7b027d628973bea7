package io.lynkr.tool.edit;

import io.lynkr.json.JsonArray;
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
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.tool.ToolResult;
import io.lynkr.tool.ToolSpec;
import io.lynkr.tool.paths.CallPaths;
import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Lists what tools have changed. */
public final class EditHistory implements Tool {
    private static final int USUAL_LIMIT = 20;

    private static final ToolSpec SPEC =
            new ToolSpec(
                    "workspace_edit_history",
                    "edit",
                    "Lists the changes that tools made to files of the workspace, newest first,"
                            + " each with its diff and the id that workspace_edit_revert takes.",
                    List.of(
                            Parameter.number(
                                    "limit",
                                    1,
                                    100,
                                    "How many at most; " + USUAL_LIMIT + " by default."),
                            Parameter.text("path", "Only changes of this file.")
                                    .or("file", "file_path", "filePath"),
                            Parameter.text("session_id", "Only changes made in this session.")
                                    .or("sessionId")),
                    ToolSpec.Effect.READS);

    private final Workspace workspace;
    private final EditLog log;

    public EditHistory(Workspace workspace, EditLog log) {
        this.workspace = workspace;
        this.log = log;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) throws ToolException {
        Optional<String> path = Optional.empty();
        if (arguments.has("path")) {
            path = Optional.of(CallPaths.path(workspace, arguments.needed("path")).toString());
        }
        var filter = new EditStore.Filter(path, arguments.text("session_id"));
        int limit = (int) arguments.number("limit", USUAL_LIMIT);
        return Plan.to(new Action.UseRecords("edits"), () -> list(filter, limit));
    }

    private ToolResult list(EditStore.Filter filter, int limit) throws ToolException {
        try {
            var edits =
                    log.store().latest(filter, limit).stream()
                            .filter(this::mayBeShown)
                            .map(EditHistory::json)
                            .toList();
            return ToolResult.json(
                    JsonObject.of("edits", JsonArray.copyOf(edits))
                            .with("limit", limit)
                            .with("filePath", orNull(filter.path()))
                            .with("sessionId", orNull(filter.session())));
        } catch (IOException e) {
            throw new ToolException(Kind.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    /** The policy may have become stricter since. */
    private boolean mayBeShown(Edit edit) {
        try {
            return workspace.mayRead(workspace.path(edit.path()));
        } catch (WorkspaceException noPathAnyMore) {
            return false;
        }
    }

    private static JsonObject json(Edit edit) {
        return JsonObject.EMPTY
                .with("id", edit.id())
                .with("sessionId", orNull(edit.session()))
                .with("filePath", edit.path())
                .with("createdAt", edit.at().toEpochMilli())
                .with("source", edit.source())
                .with("diff", edit.diff())
                .with("metadata", edit.metadata());
    }

    private static JsonValue orNull(Optional<String> text) {
        return text.<JsonValue>map(JsonString::of).orElse(JsonNull.NULL);
    }
}
