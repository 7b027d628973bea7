package io.lynkr.workspace;

import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * One thing in the workspace, looked at without following links.
 *
 * @param size in bytes; of a file
 */
public record FileEntry(WorkspacePath path, Kind kind, long size, Instant modified) {

    /** What it is. */
    public enum Kind {
        FILE,
        FOLDER,
        LINK,
        /** A device, pipe or socket; never opened. */
        OTHER
    }

    static FileEntry of(WorkspacePath path, BasicFileAttributes attributes) {
        return new FileEntry(
                path,
                kind(attributes),
                attributes.size(),
                attributes.lastModifiedTime().toInstant());
    }

    static Kind kind(BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return Kind.LINK;
        }
        if (attributes.isDirectory()) {
            return Kind.FOLDER;
        }
        return attributes.isRegularFile() ? Kind.FILE : Kind.OTHER;
    }
}
