package io.lynkr.index;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Hears from the system what changes in the workspace's folders. */
final class Changes implements AutoCloseable {
    private final Path root;
    private final WatchService service;

    /** Guarded by itself. */
    private final Map<WatchKey, String> folders = new HashMap<>();

    /**
     * What has changed.
     *
     * @param paths relative to the workspace
     * @param isAnything whether some changes were missed, so that all may have changed
     */
    record Changed(Set<String> paths, boolean isAnything) {
        boolean isNothing() {
            return paths.isEmpty() && !isAnything;
        }
    }

    Changes(Path root) throws IOException {
        this.root = root;
        this.service = root.getFileSystem().newWatchService();
    }

    /** Watches folders, too. Those that are gone already are passed over. */
    void watch(Collection<String> paths) throws IOException {
        for (var path : paths) {
            try {
                var key =
                        root.resolve(path)
                                .register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
                synchronized (folders) {
                    folders.put(key, path.equals(".") ? "" : path + "/");
                }
            } catch (java.nio.file.NoSuchFileException | java.nio.file.NotDirectoryException gone) {
                // the next listing will tell
            }
        }
    }

    /** Waits for the first change, at most so long; takes what there is at once. */
    Changed take(long millis) throws InterruptedException {
        var paths = new HashSet<String>();
        boolean anything = false;
        var key = service.poll(millis, TimeUnit.MILLISECONDS);
        while (key != null) {
            String folder;
            synchronized (folders) {
                folder = folders.getOrDefault(key, "");
            }
            for (var event : key.pollEvents()) {
                if (event.kind().equals(OVERFLOW)) {
                    anything = true;
                } else if (event.context() instanceof Path name) {
                    var path = folder + name;
                    anything |= name.toString().equals(".gitignore");
                    if (!path.equals(".git") && !name.toString().startsWith(".lynkr-")) {
                        paths.add(path);
                    }
                }
            }
            if (!key.reset()) {
                synchronized (folders) {
                    folders.remove(key);
                }
            }
            key = service.poll();
        }
        return new Changed(paths, anything);
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
