package io.lynkr.tool.edit;

import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;
import io.lynkr.workspace.WorkspacePath;

import java.util.Optional;

/**
 * A file and what it holds at the moment; whoever changes it meanwhile is not overwritten.
 *
 * @param content empty if there is no such file
 */
record ChangedFile(Workspace workspace, WorkspacePath path, Optional<byte[]> content) {

    static ChangedFile at(Workspace workspace, WorkspacePath path) throws WorkspaceException {
        return new ChangedFile(
                workspace,
                path,
                workspace.find(path).isPresent()
                        ? Optional.of(workspace.read(path))
                        : Optional.empty());
    }

    /** Makes, replaces or deletes it. */
    void become(Optional<byte[]> wanted) throws WorkspaceException {
        if (wanted.isEmpty()) {
            if (content.isPresent()) {
                workspace.delete(path, content.get());
            }
        } else if (content.isPresent()) {
            workspace.replace(path, content.get(), wanted.get());
        } else {
            workspace.write(path, wanted.get());
        }
    }
}
