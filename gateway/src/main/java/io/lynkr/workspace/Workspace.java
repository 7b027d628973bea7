package io.lynkr.workspace;

import static io.lynkr.workspace.WorkspaceException.Reason.BINARY;
import static io.lynkr.workspace.WorkspaceException.Reason.CASE;
import static io.lynkr.workspace.WorkspaceException.Reason.CHANGED;
import static io.lynkr.workspace.WorkspaceException.Reason.FAILED;
import static io.lynkr.workspace.WorkspaceException.Reason.LINK;
import static io.lynkr.workspace.WorkspaceException.Reason.MISSING;
import static io.lynkr.workspace.WorkspaceException.Reason.PROTECTED;
import static io.lynkr.workspace.WorkspaceException.Reason.TOO_LARGE;
import static io.lynkr.workspace.WorkspaceException.Reason.WRONG_KIND;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The repository that tools may work on, held open by a handle. No operation leaves it, whatever
 * links, races or names somebody puts in the way; writes are whole or not at all.
 */
public final class Workspace implements Closeable {
    private static final Set<String> NO_FILES_OF_ONES_OWN = Set.of("proc", "sys", "dev");
    private static final int OPENING_SECONDS = 5;

    private final Path root;
    private final Folder handle;
    private final WorkspaceLimits limits;
    private final PathGuard guard;

    /** Guards "look, then write", so that two edits of one file do not lose one. */
    private final ReentrantLock writing = new ReentrantLock();

    private Workspace(Path root, Folder handle, WorkspaceLimits limits, PathGuard guard) {
        this.root = root;
        this.handle = handle;
        this.limits = limits;
        this.guard = guard;
    }

    /**
     * Opens it for as long as the gateway runs.
     *
     * @param guard asked about each path whose content is read or written
     * @throws WorkspaceException if there is no such folder, or it is no place for a workspace
     */
    public static Workspace open(Path folder, WorkspaceLimits limits, PathGuard guard)
            throws WorkspaceException {
        try {
            var root = folder.toRealPath();
            if (root.getNameCount() == 0
                    || NO_FILES_OF_ONES_OWN.contains(root.getName(0).toString())) {
                throw new WorkspaceException(
                        WRONG_KIND,
                        "'" + root + "' cannot be a workspace; choose a folder of yours");
            }
            return new Workspace(root, Folder.open(root), limits, guard);
        } catch (IOException e) {
            throw new WorkspaceException(
                    FAILED,
                    "the workspace '" + folder + "' cannot be opened: " + e.getMessage(),
                    e);
        }
    }

    /** Absolute, without links in it. */
    public Path root() {
        return root;
    }

    /** A path as a model writes it, relative to the root or absolute below it. */
    public WorkspacePath path(String given) throws WorkspaceException {
        return WorkspacePath.parse(root, WorkspacePath.ROOT, given);
    }

    /** The path without links in it; what policy should be asked about. */
    public WorkspacePath resolve(WorkspacePath path) throws WorkspaceException {
        try (var place = walk(path, true)) {
            return place.path();
        } catch (IOException e) {
            throw failed("look at", path, e);
        }
    }

    /** Whether the guard lets a path be read; asked by those who show what they did not open. */
    public boolean mayRead(WorkspacePath path) {
        return guard.refusal(PathGuard.Access.READ, path).isEmpty();
    }

    /** What is there, links not followed; empty if nothing is. */
    public Optional<FileEntry> find(WorkspacePath path) throws WorkspaceException {
        try (var place = walk(path, false)) {
            return place.found().map(found -> FileEntry.of(path, found));
        } catch (WorkspaceException e) {
            if (e.reason() == MISSING) {
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            throw failed("look at", path, e);
        }
    }

    /** A whole file's bytes. Links inside the workspace are followed. */
    public byte[] read(WorkspacePath path) throws WorkspaceException {
        try (var place = walk(path, true)) {
            ask(PathGuard.Access.READ, place.path());
            var found = file(place);
            if (found.size() > limits.fileBytes()) {
                throw tooLarge(path, found.size());
            }
            return readAll(place, found);
        } catch (IOException e) {
            throw failed("read", path, e);
        }
    }

    /** A whole file as text; refuses what is not text. */
    public TextFile readText(WorkspacePath path) throws WorkspaceException {
        return TextFile.decode(read(path))
                .orElseThrow(
                        () ->
                                new WorkspaceException(
                                        BINARY, "'" + path + "' is a binary file, not text"));
    }

    /**
     * Makes or replaces a file, at once and whole; missing folders are made. A replaced file keeps
     * its permissions. Links are refused.
     */
    public void write(WorkspacePath path, byte[] bytes) throws WorkspaceException {
        writing.lock();
        try {
            put(path, bytes);
        } finally {
            writing.unlock();
        }
    }

    /**
     * Replaces a file if it still holds what is expected.
     *
     * @throws WorkspaceException with {@code CHANGED} if it does not
     */
    public void replace(WorkspacePath path, byte[] expected, byte[] bytes)
            throws WorkspaceException {
        writing.lock();
        try {
            checkUnchanged(path, expected);
            put(path, bytes);
        } finally {
            writing.unlock();
        }
    }

    /** Deletes a file if it still holds what is expected. */
    public void delete(WorkspacePath path, byte[] expected) throws WorkspaceException {
        writing.lock();
        try (var place = walk(path, false)) {
            ask(PathGuard.Access.WRITE, place.path());
            file(place);
            checkUnchanged(path, expected);
            place.folder().delete(place.name());
        } catch (IOException e) {
            throw failed("delete", path, e);
        } finally {
            writing.unlock();
        }
    }

    /** What a folder holds. Links are named, not followed; {@code .git} is left out. */
    public Listing list(WorkspacePath folder, Listing.Request request) throws WorkspaceException {
        try (var place = walk(folder, true)) {
            if (place.found().isEmpty()) {
                throw missing(folder);
            }
            if (!place.found().get().isDirectory()) {
                throw new WorkspaceException(WRONG_KIND, "'" + folder + "' is not a folder");
            }
            try (var opened = place.folder().folder(place.name())) {
                return new Lister(request, limits).list(handle, opened, place.path());
            }
        } catch (IOException e) {
            throw failed("list", folder, e);
        }
    }

    @Override
    public void close() {
        try {
            handle.close();
        } catch (IOException nothingToLose) {
            // a handle for reading names
        }
    }

    private Walk.Place walk(WorkspacePath path, boolean followLinks)
            throws IOException, WorkspaceException {
        return new Walk(root, handle, followLinks).to(path);
    }

    private void ask(PathGuard.Access access, WorkspacePath path) throws WorkspaceException {
        var refusal = guard.refusal(access, path);
        if (refusal.isPresent()) {
            throw new WorkspaceException(PROTECTED, refusal.get());
        }
    }

    private static BasicFileAttributes file(Walk.Place place) throws WorkspaceException {
        var found = place.found().orElseThrow(() -> missing(place.path()));
        return switch (FileEntry.kind(found)) {
            case FILE -> found;
            case FOLDER ->
                    throw new WorkspaceException(
                            WRONG_KIND, "'" + place.path() + "' is a folder, not a file");
            case LINK ->
                    throw new WorkspaceException(
                            LINK,
                            "'" + place.path() + "' is a link; name the file it points to instead");
            case OTHER ->
                    throw new WorkspaceException(
                            WRONG_KIND,
                            "'" + place.path() + "' is a device, pipe or socket, not a file");
        };
    }

    private byte[] readAll(Walk.Place place, BasicFileAttributes found)
            throws IOException, WorkspaceException {
        try (var channel = opened(place)) {
            var opened = place.folder().look(place.name());
            if (opened.isEmpty()
                    || !opened.get().isRegularFile()
                    || !Objects.equals(opened.get().fileKey(), found.fileKey())) {
                throw new WorkspaceException(
                        CHANGED,
                        "'" + place.path() + "' was replaced while it was read; try again");
            }
            // One byte more than is allowed shows a file that grew.
            var buffer =
                    ByteBuffer.allocate((int) Math.min(channel.size(), limits.fileBytes()) + 1);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // read() moves on by itself
            }
            if (buffer.position() > limits.fileBytes()) {
                throw tooLarge(place.path(), channel.size());
            }
            return Arrays.copyOf(buffer.array(), buffer.position());
        }
    }

    /**
     * Opens on a thread of its own: if the file is swapped for a pipe in this very moment, opening
     * waits for a writer for ever, and cannot be interrupted.
     */
    private static SeekableByteChannel opened(Walk.Place place)
            throws IOException, WorkspaceException {
        var opening = new CompletableFuture<SeekableByteChannel>();
        Thread.ofPlatform()
                .daemon()
                .name("open-file")
                .start(
                        () -> {
                            try {
                                var channel = place.folder().file(place.name(), Set.of(READ));
                                if (!opening.complete(channel)) {
                                    channel.close();
                                }
                            } catch (IOException | RuntimeException e) {
                                opening.completeExceptionally(e);
                            }
                        });
        try {
            return opening.get(OPENING_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            opening.cancel(false);
            throw new WorkspaceException(
                    WRONG_KIND, "'" + place.path() + "' cannot be opened as a file", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            opening.cancel(false);
            throw new WorkspaceException(FAILED, "cancelled", e);
        } catch (ExecutionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(reason(cause), cause);
        }
    }

    private void checkUnchanged(WorkspacePath path, byte[] expected) throws WorkspaceException {
        if (!Arrays.equals(read(path), expected)) {
            throw new WorkspaceException(
                    CHANGED, "'" + path + "' has changed since; read it again first");
        }
    }

    private void put(WorkspacePath path, byte[] bytes) throws WorkspaceException {
        if (bytes.length > limits.fileBytes()) {
            throw tooLarge(path, bytes.length);
        }
        if (path.isRoot()) {
            throw new WorkspaceException(WRONG_KIND, "'.' is a folder, not a file");
        }
        ask(PathGuard.Access.WRITE, path);
        try {
            makeFolders(path.parent());
            try (var place = walk(path, false)) {
                if (place.found().isPresent()) {
                    file(place);
                } else {
                    checkCase(place);
                }
                replaceWhole(place, bytes);
            }
        } catch (IOException e) {
            throw failed("write", path, e);
        }
    }

    /** A second name that differs by case only would be the same file on other machines. */
    private static void checkCase(Walk.Place place) throws IOException, WorkspaceException {
        for (var name : place.folder().names()) {
            if (name.equalsIgnoreCase(place.name()) && !name.equals(place.name())) {
                throw new WorkspaceException(
                        CASE,
                        "there is already '"
                                + place.path().parent().child(name)
                                + "', which differs from '"
                                + place.path()
                                + "' by case only");
            }
        }
    }

    private static void replaceWhole(Walk.Place place, byte[] bytes) throws IOException {
        var folder = place.folder();
        var draft = ".lynkr-" + UUID.randomUUID() + ".tmp";
        try {
            try (var channel = folder.file(draft, Set.of(WRITE, CREATE_NEW))) {
                var buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                if (channel instanceof FileChannel file) {
                    file.force(true);
                }
            }
            if (place.found().isPresent()) {
                folder.setPermissions(draft, folder.permissions(place.name()));
            }
            folder.move(draft, folder, place.name());
        } catch (IOException | RuntimeException e) {
            deleteDraft(folder, draft);
            throw e;
        }
    }

    private static void deleteDraft(Folder folder, String draft) {
        try {
            folder.delete(draft);
        } catch (IOException neverMade) {
            // there is nothing to take away
        }
    }

    private void makeFolders(WorkspacePath path) throws IOException, WorkspaceException {
        if (path.isRoot()) {
            return;
        }
        var found = find(path);
        if (found.isEmpty()) {
            makeFolders(path.parent());
            makeFolder(path);
        } else if (found.get().kind() == FileEntry.Kind.LINK) {
            throw new WorkspaceException(LINK, "'" + path + "' is a link; name the folder itself");
        } else if (found.get().kind() != FileEntry.Kind.FOLDER) {
            throw new WorkspaceException(WRONG_KIND, "'" + path + "' is not a folder");
        }
    }

    /**
     * The JDK makes folders by path only, and a path can be swapped for a link. So it is made in
     * the root, which nobody in the workspace can swap, and moved to its place by handles.
     */
    private void makeFolder(WorkspacePath path) throws IOException, WorkspaceException {
        var draft = ".lynkr-" + UUID.randomUUID() + ".tmp";
        Files.createDirectory(root.resolve(draft));
        try (var place = walk(path, false)) {
            checkCase(place);
            handle.move(draft, place.folder(), place.name());
        } catch (IOException | WorkspaceException e) {
            handle.deleteFolder(draft);
            throw e;
        }
    }

    private WorkspaceException tooLarge(WorkspacePath path, long size) {
        return new WorkspaceException(
                TOO_LARGE,
                "'%s' has %,d bytes, and at most %,d are read or written at once"
                        .formatted(path, size, limits.fileBytes()));
    }

    private static WorkspaceException missing(WorkspacePath path) {
        return new WorkspaceException(MISSING, "there is no '" + path + "'");
    }

    private static WorkspaceException failed(String what, WorkspacePath path, IOException e) {
        if (e instanceof NoSuchFileException) {
            return missing(path);
        }
        if (e instanceof FileSystemLoopException) {
            return new WorkspaceException(LINK, "'" + path + "' leads through a link", e);
        }
        return new WorkspaceException(
                FAILED, "cannot " + what + " '" + path + "': " + reason(e), e);
    }

    private static String reason(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
