package io.lynkr.workspace;

import static io.lynkr.workspace.WorkspaceException.Reason.LINK;
import static io.lynkr.workspace.WorkspaceException.Reason.MISSING;
import static io.lynkr.workspace.WorkspaceException.Reason.WRONG_KIND;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way from the root to one name, a handle at a time. A link on it is refused, or read and the
 * walk begun again with where it points to, which is a path like any other.
 */
final class Walk {
    private static final int MOST_LINKS = 8;

    private final Path rootPath;
    private final Folder root;
    private final boolean followLinks;
    private int links;

    /**
     * The end of a walk.
     *
     * @param folder the handle of the last folder; to be closed
     * @param path without links in it
     * @param found what the name is there, if anything; never a link if links are followed
     */
    record Place(Folder folder, WorkspacePath path, Optional<BasicFileAttributes> found)
            implements Closeable {
        String name() {
            return path.name();
        }

        @Override
        public void close() throws IOException {
            folder.close();
        }
    }

    Walk(Path rootPath, Folder root, boolean followLinks) {
        this.rootPath = rootPath;
        this.root = root;
        this.followLinks = followLinks;
    }

    Place to(WorkspacePath path) throws IOException, WorkspaceException {
        var folder = root.folder(".");
        try {
            for (int i = 0; i < path.names().size() - 1; i++) {
                var name = path.names().get(i);
                var found = folder.look(name);
                if (found.isEmpty()) {
                    throw new WorkspaceException(
                            MISSING, "there is no folder '" + upTo(path, i) + "'");
                }
                if (found.get().isSymbolicLink()) {
                    folder.close();
                    return to(
                            throughLink(
                                    upTo(path, i),
                                    path.names().subList(i + 1, path.names().size())));
                }
                if (!found.get().isDirectory()) {
                    throw new WorkspaceException(
                            WRONG_KIND, "'" + upTo(path, i) + "' is not a folder");
                }
                folder = step(folder, name);
            }
            var found = folder.look(path.name());
            if (followLinks && found.isPresent() && found.get().isSymbolicLink()) {
                folder.close();
                return to(throughLink(path, List.of()));
            }
            return new Place(folder, path, found);
        } catch (IOException | WorkspaceException e) {
            folder.close();
            throw e;
        }
    }

    private static Folder step(Folder folder, String name) throws IOException {
        try (folder) {
            return folder.folder(name);
        }
    }

    private static WorkspacePath upTo(WorkspacePath path, int index) {
        return new WorkspacePath(path.names().subList(0, index + 1));
    }

    private WorkspacePath throughLink(WorkspacePath link, List<String> rest)
            throws IOException, WorkspaceException {
        if (!followLinks) {
            throw new WorkspaceException(
                    LINK, "'" + link + "' is a link; write to the file it points to instead");
        }
        if (++links > MOST_LINKS) {
            throw new WorkspaceException(LINK, "'" + link + "' leads through too many links");
        }
        // What is read here may already be another link's: it is a path to be walked, no more.
        var target = Files.readSymbolicLink(link.below(rootPath)).toString();
        try {
            var end = WorkspacePath.parse(rootPath, link.parent(), target);
            var names = new ArrayList<>(end.names());
            names.addAll(rest);
            return new WorkspacePath(names);
        } catch (WorkspaceException leadsOut) {
            throw new WorkspaceException(
                    LINK, "'" + link + "' is a link that leads out of the workspace", leadsOut);
        }
    }
}
