package io.lynkr.policy;

import io.lynkr.workspace.PathGuard;
import io.lynkr.workspace.ProtectedPaths;
import io.lynkr.workspace.WorkspaceException;
import io.lynkr.workspace.WorkspacePath;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a command line may be at work, and what its words mean as paths. Every {@code cd} adds a
 * place, as it may or may not have happened.
 */
final class Places {
    private static final int MOST = 32;
    private static final Set<String> HARMLESS_DEVICES =
            Set.of("/dev/null", "/dev/stdout", "/dev/stderr", "/dev/stdin", "/dev/zero");
    private static final Pattern BETWEEN_PATHS = Pattern.compile("[^\\w./~*?\\[\\]{},!+-]+|[=:@,]");
    private static final Pattern BRACES = Pattern.compile("\\{[^{}]*}");

    private final Path root;
    private final FilePathRule files;
    private final Set<Path> folders = new LinkedHashSet<>();
    private boolean anywhere;

    Places(Path root, WorkspacePath folder, FilePathRule files) {
        this.root = root;
        this.files = files;
        folders.add(folder.below(root));
    }

    /** A command goes to another folder. */
    void enter(Word target) throws CommandDenied {
        if (!target.isLiteral() || target.text().equals("-")) {
            anywhere = true;
            return;
        }
        for (var folder : List.copyOf(folders)) {
            folders.add(resolve(folder, target.text()));
        }
        if (folders.size() > MOST) {
            throw CommandDenied.unsafe("it changes its folder too often");
        }
    }

    /** A folder that git works in. */
    void requireInside(Word folder) throws CommandDenied {
        if (!folder.isLiteral()) {
            throw CommandDenied.unsafe("it is not known where git would work");
        }
        for (var from : folders) {
            if (anywhere || !resolve(from, folder.text()).startsWith(root)) {
                throw CommandDenied.unsafe("git may only work in the workspace");
            }
        }
    }

    /** A file that is written by the shell itself or by a plain tool such as tee. */
    void checkWrite(Word target) throws CommandDenied {
        if (!target.isLiteral()) {
            throw CommandDenied.unsafe(
                    "it writes to '"
                            + target.shown()
                            + "', which is only known when it runs; write"
                            + " the path out");
        }
        var text = target.text();
        if (HARMLESS_DEVICES.contains(text) || text.matches("/dev/fd/[012]")) {
            return;
        }
        if (anywhere && !text.startsWith("/")) {
            throw CommandDenied.unsafe(
                    "it is not known in which folder '"
                            + text
                            + "' would be written; write the"
                            + " path from the workspace's root");
        }
        for (var folder : folders) {
            checkWrite(text, resolve(folder, text));
        }
    }

    private void checkWrite(String text, Path path) throws CommandDenied {
        if (path.startsWith("/tmp") && !path.startsWith(root)) {
            return;
        }
        WorkspacePath inside;
        try {
            inside = WorkspacePath.parse(root, WorkspacePath.ROOT, path.toString());
        } catch (WorkspaceException outside) {
            throw CommandDenied.unsafe(
                    "it writes to '" + text + "', which is outside the workspace and /tmp");
        }
        refuse(files.refusal(PathGuard.Access.WRITE, inside).orElse(""));
    }

    /** A file that the shell reads. */
    void checkRead(Word source) throws CommandDenied {
        if (source.text().startsWith("/dev/tcp") || source.text().startsWith("/dev/udp")) {
            throw CommandDenied.unsafe("it opens a connection to another machine");
        }
        checkMention(source, true);
    }

    /**
     * A word that may be a path, or have one in it. Only what is blocked by name is of interest;
     * what else lies outside is the sandbox's business.
     *
     * @param reads whether the command only reads what it names
     */
    void checkMention(Word word, boolean reads) throws CommandDenied {
        // Braces hold commas, which separate paths elsewhere.
        var text = word.isLiteral() ? word.text() : BRACES.matcher(word.text()).replaceAll("*");
        for (var piece : BETWEEN_PATHS.split(text, -1)) {
            if (!piece.isEmpty() && piece.length() < 4096) {
                checkPiece(piece, word, reads);
            }
        }
    }

    private void checkPiece(String piece, Word word, boolean reads) throws CommandDenied {
        if (word.certainty() != Word.Certainty.LITERAL) {
            var pattern = piece.replace(Word.GAP, '*');
            if (!pattern.matches("[*?/.]*") && files.couldReachBlocked(pattern)) {
                throw CommandDenied.unsafe(
                        "'"
                                + word.shown()
                                + "' could be a path that POLICY_FILE_BLOCKED_PATHS blocks");
            }
        }
        for (var folder : folders) {
            var path = resolve(folder, piece);
            if (!path.startsWith(root)) {
                if (files.blocksOutside(path)) {
                    throw CommandDenied.unsafe(
                            "'" + piece + "' is blocked by POLICY_FILE_BLOCKED_PATHS");
                }
            } else {
                checkInside(path, reads);
            }
        }
    }

    private void checkInside(Path path, boolean reads) throws CommandDenied {
        WorkspacePath inside;
        try {
            inside = WorkspacePath.parse(root, WorkspacePath.ROOT, path.toString());
        } catch (WorkspaceException noPath) {
            return;
        }
        if (files.blocks(inside)) {
            refuse(files.refusal(PathGuard.Access.READ, inside).orElse(""));
        }
        if (!reads && ProtectedPaths.isObeyed(inside)) {
            refuse(files.refusal(PathGuard.Access.WRITE, inside).orElse(""));
        }
    }

    private static void refuse(String reason) throws CommandDenied {
        if (!reason.isEmpty()) {
            throw CommandDenied.unsafe(reason);
        }
    }

    private static Path resolve(Path folder, String text) throws CommandDenied {
        try {
            return folder.resolve(text).normalize();
        } catch (InvalidPathException strange) {
            throw CommandDenied.unsafe("'" + text + "' is no path");
        }
    }
}
