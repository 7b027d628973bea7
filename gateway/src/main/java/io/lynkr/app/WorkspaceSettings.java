package io.lynkr.app;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where tools work.
 *
 * @param root the workspace's folder, absolute and without links if it is there
 */
record WorkspaceSettings(Path root) {

    public static final Setting<Optional<Path>> WORKSPACE_ROOT =
            Setting.path(
                    "WORKSPACE_ROOT",
                    "The folder that the gateway's tools read, change and run commands in; the"
                            + " current folder by default.");

    /** Reads and checks; problems are left in the settings. */
    static WorkspaceSettings from(Settings settings) {
        var given = settings.get(WORKSPACE_ROOT).orElse(Path.of(""));
        try {
            var root = given.toRealPath();
            if (Files.isDirectory(root)) {
                return new WorkspaceSettings(root);
            }
        } catch (IOException missing) {
            // told below, with files that are no folders
        }
        if (settings.isSet(WORKSPACE_ROOT)) {
            settings.problem(
                    WORKSPACE_ROOT,
                    "'" + given + "' is no folder",
                    "Set it to the folder of your repository");
        }
        return new WorkspaceSettings(given.toAbsolutePath().normalize());
    }
}
