package io.lynkr.tool.test;

import io.lynkr.workspace.Glob;
import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files that lie in the workspace after a run, ignored ones included, but without what is
 * installed from elsewhere.
 *
 * @param modified when each was last written
 */
record WrittenFiles(Workspace workspace, Map<String, Instant> modified) {
    private static final int MOST_FILES = 100_000;

    private static final Set<String> FROM_ELSEWHERE =
            Set.of(".git", "node_modules", ".venv", "venv", ".tox", "vendor", "__pycache__");

    /** Looks at all of them; links are not followed. */
    static WrittenFiles in(Workspace workspace) throws IOException {
        var root = workspace.root();
        var found = new TreeMap<String, Instant>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) {
                        return !folder.equals(root)
                                        && FROM_ELSEWHERE.contains(folder.getFileName().toString())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile()) {
                            found.put(
                                    root.relativize(file).toString().replace('\\', '/'),
                                    attributes.lastModifiedTime().toInstant());
                        }
                        return found.size() < MOST_FILES
                                ? FileVisitResult.CONTINUE
                                : FileVisitResult.TERMINATE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return new WrittenFiles(workspace, found);
    }

    SourceFinder sources() {
        return new SourceFinder(workspace.root(), modified.keySet());
    }

    /** Those that fit one of the patterns, in the patterns' order. */
    List<String> matching(List<String> patterns) {
        return patterns.stream()
                .flatMap(
                        pattern ->
                                modified.keySet().stream()
                                        .filter(file -> Glob.matches(pattern, file)))
                .distinct()
                .toList();
    }

    boolean isNewerThan(String file, Instant time) {
        return !modified.getOrDefault(file, Instant.MIN).isBefore(time);
    }

    byte[] read(String file) throws WorkspaceException {
        return workspace.read(workspace.path(file));
    }
}
