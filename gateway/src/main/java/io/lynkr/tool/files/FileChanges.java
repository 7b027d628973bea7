package io.lynkr.tool.files;

import io.lynkr.session.Session;
import io.lynkr.workspace.WorkspacePath;

import java.io.IOException;
import java.util.Optional;

/** Is told of each file that a tool has written. */
@FunctionalInterface
public interface FileChanges {
    /**
     * A file has been written.
     *
     * @param tool that did it
     * @param before what it was; empty if there was none
     * @return the number under which the change can be undone
     * @throws IOException if it cannot be recorded; the message is for people
     */
    long written(
            Session session, String tool, WorkspacePath path, Optional<byte[]> before, byte[] after)
            throws IOException;
}
