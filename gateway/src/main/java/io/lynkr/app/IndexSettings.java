package io.lynkr.app;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;
import io.lynkr.index.CodeIndex;
import io.lynkr.store.StoreSettings;
import io.lynkr.tool.code.SummaryBook;
import io.lynkr.workspace.PathGuard;
import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;
import io.lynkr.workspace.WorkspaceLimits;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Where the index of the workspace is, and what it may write.
 *
 * @param folder for indexes of all workspaces; empty to forget them at the end
 * @param writesBook whether CLAUDE.md gets its section
 */
record IndexSettings(Optional<Path> folder, boolean writesBook) {
    private static final int MOST_ENTRIES = 500_000;
    private static final Duration LISTING = Duration.ofMinutes(5);
    private static final long MOST_BYTES = 2L << 20;

    public static final Setting<Boolean> CLAUDE_MD =
            Setting.bool(
                    "WORKSPACE_INDEX_CLAUDE_MD",
                    true,
                    "Lets workspace_index_rebuild keep a marked section of facts in the workspace's"
                            + " CLAUDE.md.");

    static IndexSettings from(Settings settings) {
        return new IndexSettings(
                StoreSettings.from(settings)
                        .file()
                        .map(_ -> StoreSettings.folder(settings).resolve("index")),
                settings.get(CLAUDE_MD));
    }

    /**
     * Opens nothing yet.
     *
     * @param guard what it refuses to have read is not indexed
     */
    CodeIndex index(Workspace workspace, PathGuard guard) throws WorkspaceException {
        var limits = new WorkspaceLimits(MOST_BYTES, MOST_ENTRIES, LISTING);
        var root = workspace.root();
        var kept =
                folder.map(it -> it.toAbsolutePath().normalize())
                        .filter(home -> !home.startsWith(root));
        var own = Workspace.open(root, limits, guard);
        return kept.map(home -> CodeIndex.kept(own, home.resolve(nameFor(root))))
                .orElseGet(() -> CodeIndex.forgotten(own));
    }

    SummaryBook book(Workspace workspace) {
        return new SummaryBook(workspace, writesBook);
    }

    /** One file for each workspace. */
    private static String nameFor(Path root) {
        return UUID.nameUUIDFromBytes(root.toString().getBytes(StandardCharsets.UTF_8)) + ".db";
    }
}
