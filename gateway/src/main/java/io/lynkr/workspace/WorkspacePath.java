package io.lynkr.workspace;

import static io.lynkr.workspace.WorkspaceException.Reason.BAD_PATH;
import static io.lynkr.workspace.WorkspaceException.Reason.OUTSIDE;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A path whose words lie in the workspace: no {@code ..}, not absolute, no strange characters. What
 * it leads to is checked by {@link Workspace} when it is opened.
 *
 * @param names from the root down; none for the root itself
 */
public record WorkspacePath(List<String> names) {
    /** The workspace itself. */
    public static final WorkspacePath ROOT = new WorkspacePath(List.of());

    private static final int LONGEST = 4096;
    private static final int LONGEST_NAME = 255;

    public WorkspacePath {
        names = List.copyOf(names);
        for (var name : names) {
            if (name.isEmpty() || name.equals(".") || name.equals("..") || name.contains("/")) {
                throw new IllegalArgumentException("not a file name: " + name);
            }
        }
    }

    /**
     * Reads a path as a model writes it.
     *
     * @param root the workspace's absolute path; absolute paths below it are accepted
     * @param folder what relative paths are relative to
     * @throws WorkspaceException if the text is no path, or leads out
     */
    public static WorkspacePath parse(Path root, WorkspacePath folder, String given)
            throws WorkspaceException {
        checkCharacters(given);
        if (!given.startsWith("/")) {
            return folder.resolve(List.of(given.split("/", -1)), given);
        }
        var rootText = root.toString();
        if (!given.equals(rootText) && !given.startsWith(rootText + "/")) {
            throw outside(given);
        }
        return ROOT.resolve(List.of(given.substring(rootText.length()).split("/", -1)), given);
    }

    private static void checkCharacters(String given) throws WorkspaceException {
        if (given.isBlank()) {
            throw new WorkspaceException(BAD_PATH, "the path is empty");
        }
        if (given.length() > LONGEST) {
            throw new WorkspaceException(
                    BAD_PATH, "the path is longer than " + LONGEST + " characters");
        }
        if (given.chars().anyMatch(c -> Character.isISOControl(c) || c == '\\')) {
            throw new WorkspaceException(
                    BAD_PATH, "the path has a backslash or a control character in it");
        }
        if (given.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw new WorkspaceException(BAD_PATH, "the path is not well-formed Unicode");
        }
        if (given.startsWith("~")) {
            throw new WorkspaceException(
                    BAD_PATH, "'~' has no meaning here; write a path relative to the workspace");
        }
    }

    private WorkspacePath resolve(List<String> more, String given) throws WorkspaceException {
        var result = new ArrayList<>(names);
        for (var name : more) {
            if (name.equals("..")) {
                if (result.isEmpty()) {
                    throw outside(given);
                }
                result.removeLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
                    throw new WorkspaceException(
                            BAD_PATH, "a name in the path is longer than " + LONGEST_NAME);
                }
                result.add(name);
            }
        }
        return new WorkspacePath(result);
    }

    private static WorkspaceException outside(String given) {
        return new WorkspaceException(OUTSIDE, "'" + given + "' is outside the workspace");
    }

    public boolean isRoot() {
        return names.isEmpty();
    }

    /** The last name; {@code .} for the root. */
    public String name() {
        return names.isEmpty() ? "." : names.getLast();
    }

    /** The folder it is in; the root's is the root. */
    public WorkspacePath parent() {
        return names.isEmpty() ? this : new WorkspacePath(names.subList(0, names.size() - 1));
    }

    /** A name in this folder. */
    public WorkspacePath child(String name) {
        var longer = new ArrayList<>(names);
        longer.add(name);
        return new WorkspacePath(longer);
    }

    /** Where it would be below the given root; for programs, not for opening. */
    public Path below(Path root) {
        var path = root;
        for (var name : names) {
            path = path.resolve(name);
        }
        return path;
    }

    /** With slashes between the names, {@code .} for the root. */
    @Override
    public String toString() {
        return names.isEmpty() ? "." : String.join("/", names);
    }
}
