package io.lynkr.workspace;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A folder held open by a handle: names are looked up in that very folder, whatever happens to its
 * path meanwhile, and never through a link.
 */
final class Folder implements Closeable {
    private static final Path HERE = Path.of(".");

    private final SecureDirectoryStream<Path> handle;

    private Folder(SecureDirectoryStream<Path> handle) {
        this.handle = handle;
    }

    /**
     * The start of a walk.
     *
     * @throws IOException also where the system has no such handles
     */
    @SuppressWarnings("StreamResourceLeak") // the folder closes it
    static Folder open(Path absolute) throws IOException {
        return secure(Files.newDirectoryStream(absolute));
    }

    private static Folder secure(DirectoryStream<Path> stream) throws IOException {
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return new Folder(secure);
        }
        stream.close();
        throw new IOException(
                "this operating system or file system has no directory handles, so paths cannot be"
                        + " opened safely");
    }

    /** What the name is, without following it; empty if there is nothing. */
    Optional<BasicFileAttributes> look(String name) throws IOException {
        try {
            var view =
                    handle.getFileAttributeView(
                            Path.of(name), BasicFileAttributeView.class, NOFOLLOW_LINKS);
            return Optional.of(view.readAttributes());
        } catch (NoSuchFileException nothing) {
            return Optional.empty();
        }
    }

    /** A folder in this one. */
    Folder folder(String name) throws IOException {
        return secure(handle.newDirectoryStream(Path.of(name), NOFOLLOW_LINKS));
    }

    SeekableByteChannel file(String name, Set<? extends OpenOption> options) throws IOException {
        var all = new HashSet<OpenOption>(options);
        all.add(NOFOLLOW_LINKS);
        return handle.newByteChannel(Path.of(name), all);
    }

    /** The names in it, sorted. */
    List<String> names() throws IOException {
        var names = new ArrayList<String>();
        // A stream can be iterated once, so each listing opens the folder anew, by its handle.
        try (var again = handle.newDirectoryStream(HERE, NOFOLLOW_LINKS)) {
            again.forEach(path -> names.add(path.getFileName().toString()));
        }
        names.sort(null);
        return names;
    }

    Set<PosixFilePermission> permissions(String name) throws IOException {
        return posix(name).readAttributes().permissions();
    }

    void setPermissions(String name, Set<PosixFilePermission> permissions) throws IOException {
        posix(name).setPermissions(permissions);
    }

    private PosixFileAttributeView posix(String name) {
        return handle.getFileAttributeView(
                Path.of(name), PosixFileAttributeView.class, NOFOLLOW_LINKS);
    }

    /** Over whatever has the new name there. */
    void move(String name, Folder to, String newName) throws IOException {
        handle.move(Path.of(name), to.handle, Path.of(newName));
    }

    void delete(String name) throws IOException {
        handle.deleteFile(Path.of(name));
    }

    void deleteFolder(String name) throws IOException {
        handle.deleteDirectory(Path.of(name));
    }

    @Override
    public void close() throws IOException {
        handle.close();
    }
}
