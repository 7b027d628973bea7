package io.lynkr.workspace;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Names that no tool may write because something outside the sandbox would run or obey them later,
 * and names that no tool may read because they hold secrets. Upper case, ignorable characters and
 * trailing dots make no difference, as they make none on some file systems.
 */
public final class ProtectedPaths {
    /** Folders, at any depth, whose content is started or obeyed by git, editors and agents. */
    private static final Set<String> OBEYED_FOLDERS =
            Set.of(".git", ".claude", ".vscode", ".idea", ".husky", ".devcontainer");

    private static final Set<String> OBEYED_FILES =
            Set.of(
                    ".mcp.json",
                    ".gitmodules",
                    ".gitconfig",
                    ".bashrc",
                    ".bash_profile",
                    ".bash_login",
                    ".bash_logout",
                    ".profile",
                    ".zshrc",
                    ".zshenv",
                    ".zprofile",
                    ".zlogin",
                    ".envrc",
                    ".ripgreprc");

    private static final List<String> SECRET_NAMES =
            List.of(
                    ".env",
                    ".env.*",
                    "*.pem",
                    "*.p12",
                    "*.pfx",
                    "id_rsa",
                    "id_dsa",
                    "id_ecdsa",
                    "id_ecdsa_sk",
                    "id_ed25519",
                    "id_ed25519_sk",
                    ".netrc",
                    ".git-credentials");

    private static final List<String> NO_SECRETS =
            List.of(".env.example", ".env.sample", ".env.template");

    /** What the sandbox binds read-only over a writable workspace, where it exists. */
    static final List<String> READ_ONLY_IN_SANDBOX =
            List.of(
                    ".git/hooks",
                    ".git/config",
                    ".git/info",
                    ".mcp.json",
                    ".claude",
                    ".vscode",
                    ".idea",
                    ".husky",
                    ".devcontainer",
                    ".envrc",
                    ".gitmodules");

    private ProtectedPaths() {}

    /** Whether something that runs outside the sandbox obeys this file. */
    public static boolean isObeyed(WorkspacePath path) {
        var names = path.names().stream().map(ProtectedPaths::folded).toList();
        return names.stream().anyMatch(ProtectedPaths::isObeyedFolder)
                || (!names.isEmpty() && OBEYED_FILES.contains(names.getLast()));
    }

    /** Whether the file is one that usually holds a secret. */
    public static boolean isSecret(WorkspacePath path) {
        if (path.isRoot()) {
            return false;
        }
        var name = folded(path.name());
        return SECRET_NAMES.stream().anyMatch(glob -> Glob.matches(glob, name))
                && NO_SECRETS.stream().noneMatch(glob -> Glob.matches(glob, name));
    }

    private static boolean isObeyedFolder(String name) {
        return OBEYED_FOLDERS.contains(name) || name.equals("git~1");
    }

    /** As a forgiving file system would see the name. */
    static String folded(String name) {
        var text = new StringBuilder();
        Normalizer.normalize(name, Normalizer.Form.NFKC)
                .codePoints()
                .filter(c -> !Character.isIdentifierIgnorable(c))
                .forEach(text::appendCodePoint);
        var lower = text.toString().toLowerCase(Locale.ROOT);
        int stream = lower.indexOf(':'); // NTFS: .git::$INDEX_ALLOCATION
        var plain = stream > 0 ? lower.substring(0, stream) : lower;
        int end = plain.length();
        while (end > 1 && (plain.charAt(end - 1) == '.' || plain.charAt(end - 1) == ' ')) {
            end--;
        }
        return plain.substring(0, end);
    }
}
