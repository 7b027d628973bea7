package io.lynkr.policy;

import io.lynkr.workspace.Glob;
import io.lynkr.workspace.PathGuard;
import io.lynkr.workspace.ProtectedPaths;
import io.lynkr.workspace.WorkspacePath;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which files may be read and written. Asked twice: by the engine about what a tool says, and by
 * the workspace about what it really opens.
 *
 * <p>A pattern with {@code *}, {@code ?} or {@code [} is matched with the whole path, relative or
 * absolute. Another one names a file or folder: with a slash at its start from the workspace or the
 * machine, with a slash inside from the workspace, else at any depth. Case makes no difference.
 */
public final class FilePathRule implements PolicyRule, PathGuard {
    private final List<String> allowed;
    private final List<String> blocked;
    private final String root;

    public FilePathRule(List<String> allowed, List<String> blocked, Path root) {
        this.allowed = lower(allowed);
        this.blocked = lower(blocked);
        this.root = root.toString().toLowerCase(Locale.ROOT);
    }

    private static List<String> lower(List<String> patterns) {
        return patterns.stream().map(pattern -> pattern.toLowerCase(Locale.ROOT)).toList();
    }

    @Override
    public Ruling judge(String tool, Action action) {
        return switch (action) {
            case Action.ReadFile(var path) -> judge(Access.READ, path);
            case Action.WriteFile(var path) -> judge(Access.WRITE, path);
            case Action.ListFiles _, Action.SearchFiles _ -> Ruling.ALLOW;
            default -> Ruling.NOT_MINE;
        };
    }

    private Ruling judge(Access access, WorkspacePath path) {
        return refusal(access, path)
                .map(reason -> Ruling.deny("file_access_denied", reason))
                .orElse(Ruling.ALLOW);
    }

    @Override
    public Optional<String> refusal(Access access, WorkspacePath path) {
        if (access == Access.WRITE && ProtectedPaths.isObeyed(path)) {
            return Optional.of(
                    "'"
                            + path
                            + "' is never written by tools, as git, editors or shells obey it; ask"
                            + " the user to change it");
        }
        if (ProtectedPaths.isSecret(path)) {
            return Optional.of(
                    "'" + path + "' usually holds secrets, so tools neither read nor write it");
        }
        var relative = path.toString().toLowerCase(Locale.ROOT);
        if (matchesAny(blocked, relative, root + "/" + relative)) {
            return Optional.of("'" + path + "' is blocked by POLICY_FILE_BLOCKED_PATHS");
        }
        if (!allowed.isEmpty() && !matchesAny(allowed, relative, root + "/" + relative)) {
            return Optional.of(
                    "'" + path + "' is not among the paths of POLICY_FILE_ALLOWED_PATHS");
        }
        return Optional.empty();
    }

    /** Whether the path is blocked or secret; the list of allowed ones is for file tools only. */
    boolean blocks(WorkspacePath path) {
        var relative = path.toString().toLowerCase(Locale.ROOT);
        return ProtectedPaths.isSecret(path)
                || matchesAny(blocked, relative, root + "/" + relative);
    }

    /**
     * Whether a path outside the workspace is blocked; all others out there are the sandbox's
     * business.
     */
    boolean blocksOutside(Path absolute) {
        var text = absolute.toString().toLowerCase(Locale.ROOT);
        return matchesAny(blocked, text, text)
                || ProtectedPaths.isSecret(new WorkspacePath(namesOf(absolute)));
    }

    private static List<String> namesOf(Path path) {
        return path.getFileName() == null ? List.of() : List.of(path.getFileName().toString());
    }

    /** Whether a shell could expand the pattern to a blocked path. */
    boolean couldReachBlocked(String shellPattern) {
        var pattern = shellPattern.toLowerCase(Locale.ROOT);
        var lastName = pattern.substring(pattern.lastIndexOf('/') + 1);
        for (var path : blocked) {
            var name = path.substring(path.lastIndexOf('/') + 1);
            boolean hiddenByDot = name.startsWith(".") && !lastName.startsWith(".");
            if (path.startsWith("/") && path.lastIndexOf('/') > 0) {
                if (Glob.matches(pattern, path)) {
                    return true;
                }
            } else if (!hiddenByDot && Glob.matches(lastName, name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matchesAny(List<String> patterns, String relative, String absolute) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, relative, absolute));
    }

    private static boolean matches(String pattern, String relative, String absolute) {
        if (pattern.chars().anyMatch(c -> c == '*' || c == '?' || c == '[')) {
            return Glob.matches(pattern, relative) || Glob.matches(pattern, absolute);
        }
        var plain = pattern.endsWith("/") ? pattern.substring(0, pattern.length() - 1) : pattern;
        if (plain.startsWith("/")) {
            return isAtOrBelow(plain, absolute) || isAtOrBelow(plain, "/" + relative);
        }
        if (plain.contains("/")) {
            return isAtOrBelow(plain, relative);
        }
        return List.of(relative.split("/", -1)).contains(plain);
    }

    private static boolean isAtOrBelow(String folder, String path) {
        return path.equals(folder) || path.startsWith(folder + "/");
    }
}
