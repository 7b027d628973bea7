package io.lynkr.mcp.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders that nobody but the user can read. */
final class PrivateFiles {
    private PrivateFiles() {}

    /** Makes the folder that a file is to lie in, if it is not there. */
    static void makeFolderOf(Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder, permissions(folder, "rwx------"));
        }
    }

    /** Writes a file anew. */
    static void write(Path file, byte[] bytes) throws IOException {
        Files.deleteIfExists(file);
        try (var channel =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        permissions(file, "rw-------"))) {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }

    private static FileAttribute<?>[] permissions(Path file, String wanted) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(wanted))
                }
                : new FileAttribute<?>[0];
    }
}
