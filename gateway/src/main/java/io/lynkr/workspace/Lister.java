package io.lynkr.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes one listing, with what git ignores in mind. */
final class Lister {
    private static final int LARGEST_IGNORE_FILE = 256 << 10;

    private final long start = System.nanoTime();
    private final Listing.Request request;
    private final int most;
    private final Duration longest;
    private final List<FileEntry> entries = new ArrayList<>();
    private boolean cut;

    Lister(Listing.Request request, WorkspaceLimits limits) {
        this.request = request;
        this.most = Math.min(request.most(), limits.listEntries());
        this.longest = limits.listTime();
    }

    /**
     * Lists a folder.
     *
     * @param root where the first ignore file is
     * @param folder the folder's own handle
     */
    Listing list(Folder root, Folder folder, WorkspacePath path) throws IOException {
        list(folder, path, rulesAbove(root, path), 1);
        return new Listing(entries, cut);
    }

    private void list(Folder folder, WorkspacePath path, List<IgnoreRules> above, int depth)
            throws IOException {
        var rules = with(above, folder, path);
        for (var name : folder.names()) {
            if (cut) {
                return;
            }
            var found = folder.look(name);
            if (found.isEmpty() || (name.equals(".git") && !request.ignored())) {
                continue;
            }
            var entry = FileEntry.of(path.child(name), found.get());
            boolean isFolder = entry.kind() == FileEntry.Kind.FOLDER;
            if (!request.ignored() && isIgnored(rules, entry.path(), isFolder)) {
                continue;
            }
            if (entries.size() == most || System.nanoTime() - start > longest.toNanos()) {
                cut = true;
                return;
            }
            entries.add(entry);
            if (isFolder && depth < request.depth()) {
                listInner(folder, entry.path(), rules, depth);
            }
        }
    }

    private void listInner(Folder folder, WorkspacePath path, List<IgnoreRules> rules, int depth) {
        try (var inner = folder.folder(path.name())) {
            list(inner, path, rules, depth + 1);
        } catch (IOException unreadableOrGone) {
            // its name stays in the listing; what is in it cannot be told
        }
    }

    /** The last file that says something about the path decides. */
    private static boolean isIgnored(
            List<IgnoreRules> rules, WorkspacePath path, boolean isFolder) {
        for (var file : rules.reversed()) {
            var says = file.says(path, isFolder);
            if (says.isPresent()) {
                return says.get();
            }
        }
        return false;
    }

    private static List<IgnoreRules> rulesAbove(Folder root, WorkspacePath path)
            throws IOException {
        var rules = new ArrayList<IgnoreRules>();
        exclude(root).ifPresent(rules::add);
        var folder = root.folder(".");
        try {
            for (int i = 0; i < path.names().size(); i++) {
                var here = new WorkspacePath(path.names().subList(0, i));
                ignoreFile(folder, ".gitignore", here).ifPresent(rules::add);
                var inner = folder.folder(path.names().get(i));
                folder.close();
                folder = inner;
            }
        } finally {
            folder.close();
        }
        return rules;
    }

    private static Optional<IgnoreRules> exclude(Folder root) {
        try (var git = root.folder(".git");
                var info = git.folder("info")) {
            return ignoreFile(info, "exclude", WorkspacePath.ROOT);
        } catch (IOException noRepositoryHere) {
            return Optional.empty();
        }
    }

    private static List<IgnoreRules> with(
            List<IgnoreRules> above, Folder folder, WorkspacePath path) {
        var own = ignoreFile(folder, ".gitignore", path);
        if (own.isEmpty()) {
            return above;
        }
        var rules = new ArrayList<>(above);
        rules.add(own.get());
        return rules;
    }

    private static Optional<IgnoreRules> ignoreFile(
            Folder folder, String name, WorkspacePath path) {
        try {
            var found = folder.look(name);
            if (found.isEmpty()
                    || !found.get().isRegularFile()
                    || found.get().size() > LARGEST_IGNORE_FILE) {
                return Optional.empty();
            }
            try (var channel = folder.file(name, Set.of(READ))) {
                var buffer = ByteBuffer.allocate(LARGEST_IGNORE_FILE);
                while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                    // read() moves on by itself
                }
                var bytes = Arrays.copyOf(buffer.array(), buffer.position());
                return Optional.of(IgnoreRules.parse(path, new String(bytes, UTF_8)));
            }
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
