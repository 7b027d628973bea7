package io.lynkr.tool.files;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes or replaces a file. */
public final class FsWrite implements Tool {
    private static final ToolSpec SPEC =
            new ToolSpec(
                    "fs_write",
                    "files",
                    "Makes a file of the workspace or replaces all of its content, at once. An"
                            + " existing file keeps its permissions, encoding and line ends. The"
                            + " change can be undone with workspace_edit_revert. To change part of"
                            + " a file, use edit_patch.",
                    List.of(
                            Parameter.text("path", "The file, relative to the workspace.")
                                    .or("file", "file_path", "filePath", "filename", "name")
                                    .needed(),
                            Parameter.text(
                                            "content",
                                            "The whole new content; a new file without it is"
                                                    + " empty.")
                                    .or("contents"),
                            Parameter.flag(
                                    "create_parents", "Makes missing folders; true by default."),
                            Parameter.choice(
                                    "encoding",
                                    List.of("utf8", "utf-8"),
                                    "Accepted for older clients; new files are UTF-8.")),
                    ToolSpec.Effect.CHANGES);

    private final Workspace workspace;
    private final FileChanges changes;

    /**
     * @param changes is told of each write
     */
    public FsWrite(Workspace workspace, FileChanges changes) {
        this.workspace = workspace;
        this.changes = changes;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) throws ToolException {
        var path = CallPaths.path(workspace, arguments.needed("path"));
        return Plan.to(
                new Action.WriteFile(CallPaths.resolved(workspace, path)),
                () -> write(path, arguments, context));
    }

    private ToolResult write(WorkspacePath path, Arguments arguments, CallContext context)
            throws ToolException {
        try {
            var before = contentOf(path);
            var content = content(path, arguments, before.isPresent());
            if (!arguments.flag("create_parents", true)
                    && workspace.find(path.parent()).isEmpty()) {
                throw new ToolException(
                        Kind.NOT_FOUND,
                        "there is no folder '" + path.parent() + "', and create_parents is false");
            }
            var after = before.flatMap(TextFile::decode).orElse(TextFile.EMPTY).encode(content);
            var told =
                    JsonObject.of("path", path.toString())
                            .with("bytes", after.length)
                            .with("resolved_path", path.below(workspace.root()).toString());
            if (before.isPresent() && Arrays.equals(before.get(), after)) {
                return ToolResult.json(told.with("changed", false));
            }
            if (before.isPresent()) {
                workspace.replace(path, before.get(), after);
            } else {
                workspace.write(path, after);
            }
            return ToolResult.json(recorded(told, path, context, before, after));
        } catch (WorkspaceException e) {
            throw CallPaths.failure(e);
        }
    }

    private Optional<byte[]> contentOf(WorkspacePath path) throws WorkspaceException {
        return workspace.find(path).isPresent()
                ? Optional.of(workspace.read(path))
                : Optional.empty();
    }

    private static String content(WorkspacePath path, Arguments arguments, boolean exists)
            throws ToolException {
        var content = arguments.text("content");
        if (content.isEmpty() && exists) {
            throw new ToolException(
                    Kind.INVALID_ARGUMENTS,
                    "'content' is missing; to empty '" + path + "', give it as an empty text");
        }
        var text = content.orElse("");
        if (!UTF_8.newEncoder().canEncode(text)) {
            throw new ToolException(Kind.INVALID_ARGUMENTS, "'content' is not well-formed Unicode");
        }
        return text;
    }

    /** The file is written by now, so a record that fails is told and no more. */
    private JsonObject recorded(
            JsonObject told,
            WorkspacePath path,
            CallContext context,
            Optional<byte[]> before,
            byte[] after) {
        try {
            return told.with(
                    "edit_id",
                    changes.written(context.session(), SPEC.name(), path, before, after));
        } catch (IOException e) {
            return told.with("warning", "written, but it cannot be reverted: " + e.getMessage());
        }
    }
}
