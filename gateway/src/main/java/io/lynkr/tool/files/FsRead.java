package io.lynkr.tool.files;

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

import java.util.List;

/** Reads a file: a text whole or by lines, a picture as a picture. */
public final class FsRead implements Tool {
    private static final ToolSpec SPEC =
            new ToolSpec(
                    "fs_read",
                    "files",
                    "Reads a file of the workspace. A long text is cut at a line, and the answer"
                            + " says with which offset to go on. Pictures (PNG, JPEG, GIF, WebP)"
                            + " are returned as images; other binary files are refused.",
                    List.of(
                            Parameter.text("path", "The file, relative to the workspace.")
                                    .or("file", "file_path", "filePath")
                                    .needed(),
                            Parameter.number(
                                    "offset",
                                    0,
                                    Integer.MAX_VALUE,
                                    "The first line to read; 1, the default, is the file's first."),
                            Parameter.number(
                                    "limit",
                                    1,
                                    Integer.MAX_VALUE,
                                    "How many lines to read; as many as fit by default."),
                            Parameter.flag(
                                            "line_numbers",
                                            "Puts its number and a tab before each line; false by"
                                                    + " default.")
                                    .or("numbered"),
                            Parameter.choice(
                                    "encoding",
                                    List.of("utf8", "utf-8"),
                                    "Accepted for older clients; the encoding is recognised.")),
                    ToolSpec.Effect.READS);

    private final Workspace workspace;

    public FsRead(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public Plan plan(Arguments arguments, CallContext context) throws ToolException {
        var path = CallPaths.path(workspace, arguments.needed("path"));
        return Plan.to(
                new Action.ReadFile(CallPaths.resolved(workspace, path)),
                () -> read(path, arguments));
    }

    private ToolResult read(WorkspacePath path, Arguments arguments) throws ToolException {
        try {
            var bytes = workspace.read(path);
            var image = Images.mediaType(bytes);
            if (image.isPresent()) {
                return image(path, image.get(), bytes);
            }
            var text = TextFile.decode(bytes);
            if (text.isEmpty()) {
                throw new ToolException(
                        Kind.INVALID_ARGUMENTS,
                        "'%s' is a binary file of %,d bytes, not text"
                                .formatted(path, bytes.length));
            }
            return new Page(
                            text.get().text(),
                            Math.max(1, arguments.number("offset", 1)),
                            arguments.number("limit", Integer.MAX_VALUE),
                            arguments.flag("line_numbers", false))
                    .result(path);
        } catch (WorkspaceException e) {
            throw CallPaths.failure(e);
        }
    }

    private static ToolResult image(WorkspacePath path, String mediaType, byte[] bytes)
            throws ToolException {
        if (bytes.length > Images.MOST_BYTES) {
            throw new ToolException(
                    Kind.TOO_LARGE,
                    "the picture '%s' has %,d bytes, and models take at most %,d"
                            .formatted(path, bytes.length, Images.MOST_BYTES));
        }
        return new ToolResult.Done(List.of(Images.block(mediaType, bytes)));
    }
}
