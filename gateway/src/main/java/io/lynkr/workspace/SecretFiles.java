package io.lynkr.workspace;

import static java.nio.file.FileVisitResult.CONTINUE;
import static java.nio.file.FileVisitResult.SKIP_SUBTREE;
import static java.nio.file.FileVisitResult.TERMINATE;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds the files of a workspace that usually hold secrets, to be hidden from what runs in a
 * sandbox. Certificates and keys below the root are left: they are mostly those that tests use.
 */
final class SecretFiles extends SimpleFileVisitor<Path> {
    private static final int DEEPEST = 12;

    /** So that a command in a huge workspace does not wait: about a tenth of a second. */
    private static final int MOST_FILES = 50_000;

    /** What is brought there by programs, and large. */
    private static final Set<String> NOT_ENTERED =
            Set.of(".git", "node_modules", ".venv", "venv", "target", "build", "dist", "vendor");

    private static final List<String> KEYS = List.of("*.pem", "*.p12", "*.pfx");

    private final Path workspace;
    private final List<Path> found = new ArrayList<>();
    private int seen;

    private SecretFiles(Path workspace) {
        this.workspace = workspace;
    }

    static List<Path> in(Path workspace) {
        var files = new SecretFiles(workspace);
        try {
            Files.walkFileTree(workspace, Set.of(), DEEPEST, files);
        } catch (IOException unreadable) {
            return files.found; // what is left is unreadable for the sandbox, too
        }
        return files.found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return NOT_ENTERED.contains(folder.getFileName().toString()) && !folder.equals(workspace)
                ? SKIP_SUBTREE
                : CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        var name = WorkspacePath.ROOT.child(file.getFileName().toString());
        if (attributes.isRegularFile() && ProtectedPaths.isSecret(name) && !isDeepKey(file)) {
            found.add(file);
        }
        return ++seen < MOST_FILES ? CONTINUE : TERMINATE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
        return CONTINUE;
    }

    private boolean isDeepKey(Path file) {
        var name = ProtectedPaths.folded(file.getFileName().toString());
        return !workspace.equals(file.getParent())
                && KEYS.stream().anyMatch(glob -> Glob.matches(glob, name));
    }
}
