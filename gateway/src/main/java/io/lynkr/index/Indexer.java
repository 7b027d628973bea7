package io.lynkr.index;

import io.lynkr.workspace.FileEntry;
import io.lynkr.workspace.Listing;
import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;
import io.lynkr.workspace.WorkspacePath;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Brings the database up to what is on the disk. Used by one thread at a time. */
final class Indexer {
    private static final int BATCH = 100;
    private static final int QUEUE = 400;
    private static final int FEW_FILES = 8;
    private static final int MOST_THREADS = 4;

    private final Workspace workspace;
    private final IndexDatabase database;
    private final Language.Analyzers analyzers = new Language.Analyzers();

    /** What is going on, for people who wait. */
    @FunctionalInterface
    interface Watcher {
        void progress(int done, int all);
    }

    /**
     * What came of it.
     *
     * @param folders that are not ignored, relative to the root
     * @param isWhole false if the listing had to be cut
     */
    record Outcome(int read, int removed, List<String> folders, boolean isWhole) {}

    Indexer(Workspace workspace, IndexDatabase database) {
        this.workspace = workspace;
        this.database = database;
    }

    /** Looks at everything; reads what has another size or time than it had. */
    Outcome sync(Watcher watcher) throws IOException, InterruptedException {
        return sync(".", watcher);
    }

    /** Looks at what changed in a folder. */
    private Outcome sync(String folder, Watcher watcher) throws IOException, InterruptedException {
        try {
            var listing = workspace.list(workspace.path(folder), Listing.Request.ALL);
            var folders = new ArrayList<>(List.of(folder));
            var present = new LinkedHashMap<String, FileEntry>();
            for (var entry : listing.entries()) {
                switch (entry.kind()) {
                    case FOLDER -> folders.add(entry.path().toString());
                    case FILE -> {
                        if (workspace.mayRead(entry.path())) {
                            present.put(entry.path().toString(), entry);
                        }
                    }
                    case LINK, OTHER -> {}
                }
            }
            var known = known(folder);
            var gone = new HashSet<>(known.keySet());
            gone.removeAll(present.keySet());
            if (listing.cut()) {
                gone.clear();
            }
            remove(gone);
            var changed =
                    present.values().stream().filter(entry -> isChanged(entry, known)).toList();
            read(changed, watcher);
            return new Outcome(changed.size(), gone.size(), folders, !listing.cut());
        } catch (WorkspaceException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static boolean isChanged(FileEntry entry, Map<String, SourceFile> known) {
        var before = known.get(entry.path().toString());
        return before == null
                || before.bytes() != entry.size()
                || before.modified() != entry.modified().toEpochMilli();
    }

    private Map<String, SourceFile> known(String folder) throws IOException {
        var known = new HashMap<String, SourceFile>();
        var prefix = folder.equals(".") ? "" : folder + "/";
        for (var file : database.read(IndexDatabase::files)) {
            if (file.path().startsWith(prefix)) {
                known.put(file.path(), file);
            }
        }
        return known;
    }

    private void remove(Collection<String> paths) throws IOException {
        if (!paths.isEmpty()) {
            database.write(
                    connection -> {
                        for (var path : paths) {
                            database.remove(connection, path);
                        }
                        return true;
                    });
        }
    }

    /**
     * Looks at single paths again.
     *
     * @return new folders, to be watched too
     */
    List<String> update(Collection<String> paths) throws IOException, InterruptedException {
        var folders = new ArrayList<String>();
        var gone = new ArrayList<String>();
        var files = new ArrayList<FileEntry>();
        for (var path : paths) {
            var entry = find(path);
            if (entry == null) {
                gone.add(path);
            } else if (entry.kind() == FileEntry.Kind.FOLDER) {
                folders.addAll(sync(path, (_, _) -> {}).folders());
            } else if (entry.kind() == FileEntry.Kind.FILE) {
                files.add(entry);
            }
        }
        remove(gone);
        read(files, (_, _) -> {});
        return folders;
    }

    /** Null if there is none, or git ignores it, or the policy protects it. */
    private @org.jspecify.annotations.Nullable FileEntry find(String given) {
        try {
            var path = workspace.path(given);
            var siblings =
                    workspace.list(path.parent(), new Listing.Request(1, Integer.MAX_VALUE, false));
            return siblings.entries().stream()
                    .filter(entry -> entry.path().equals(path))
                    .filter(
                            entry ->
                                    entry.kind() == FileEntry.Kind.FOLDER
                                            || workspace.mayRead(entry.path()))
                    .filter(_ -> !isBelowIgnored(path))
                    .findFirst()
                    .orElse(null);
        } catch (WorkspaceException goneOrStrange) {
            return null;
        }
    }

    private boolean isBelowIgnored(WorkspacePath path) {
        for (var folder = path.parent(); !folder.isRoot(); folder = folder.parent()) {
            var each = folder;
            try {
                var siblings =
                        workspace.list(
                                folder.parent(), new Listing.Request(1, Integer.MAX_VALUE, false));
                if (siblings.entries().stream().noneMatch(it -> it.path().equals(each))) {
                    return true;
                }
            } catch (WorkspaceException gone) {
                return true;
            }
        }
        return false;
    }

    private void read(List<FileEntry> entries, Watcher watcher)
            throws IOException, InterruptedException {
        if (entries.size() <= FEW_FILES) {
            try (var scanner = new Scanner(workspace, analyzers)) {
                var scanned = new ArrayList<Scanned>();
                for (var entry : entries) {
                    scanned.add(scanner.scan(entry));
                }
                store(scanned);
            }
            return;
        }
        readInParallel(entries, watcher);
    }

    @SuppressWarnings("ThreadPriorityCheck") // a wish, on which nothing relies
    private void readInParallel(List<FileEntry> entries, Watcher watcher)
            throws IOException, InterruptedException {
        var left = new ConcurrentLinkedQueue<>(entries);
        var ready = new ArrayBlockingQueue<Scanned>(QUEUE);
        int count = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_THREADS);
        var failures = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < count; i++) {
            threads.add(
                    Thread.ofPlatform()
                            .daemon()
                            .name("index-reader-" + i)
                            .priority(Thread.MIN_PRIORITY)
                            .start(() -> scanAll(left, ready, failures)));
        }
        try {
            var batch = new ArrayList<Scanned>();
            for (int done = 1; done <= entries.size() - failures.get(); done++) {
                batch.add(ready.take());
                if (batch.size() == BATCH) {
                    store(batch);
                    batch.clear();
                    watcher.progress(done, entries.size());
                }
            }
            store(batch);
            watcher.progress(entries.size(), entries.size());
        } finally {
            left.clear();
            ready.clear();
            threads.forEach(Thread::interrupt);
            for (var thread : threads) {
                thread.join();
            }
        }
    }

    private void scanAll(
            ConcurrentLinkedQueue<FileEntry> left,
            ArrayBlockingQueue<Scanned> ready,
            AtomicInteger failures) {
        try (var scanner = new Scanner(workspace, analyzers)) {
            for (var entry = left.poll(); entry != null; entry = left.poll()) {
                ready.put(scanner.scan(entry));
            }
        } catch (InterruptedException enough) {
            failures.incrementAndGet();
        }
    }

    private void store(List<Scanned> scanned) throws IOException {
        if (scanned.isEmpty()) {
            return;
        }
        database.write(
                connection -> {
                    for (var each : scanned) {
                        var before = IndexDatabase.hash(connection, each.path());
                        if (each.hash().length > 0
                                && before.isPresent()
                                && java.util.Arrays.equals(before.get(), each.hash())) {
                            database.touch(connection, each.path(), each.modified());
                        } else {
                            database.put(connection, each);
                        }
                    }
                    return true;
                });
    }

    /** Forgets everything. */
    void clear() throws IOException {
        database.write(
                connection -> {
                    database.clear(connection);
                    return true;
                });
    }
}
