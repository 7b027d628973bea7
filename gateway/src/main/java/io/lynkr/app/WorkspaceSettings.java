package io.lynkr.app;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where tools work.
 *
 * @param root the workspace's folder, absolute
 */
record WorkspaceSettings(Path root) {

    public static final Setting<String> WORKSPACE_ROOT =
            Setting.text(
                    "WORKSPACE_ROOT",
                    ".",
                    "The folder that the gateway's tools read, change and run commands in; the"
                            + " current folder by default.");

    /** Reads and checks; problems are left in the settings. */
    static WorkspaceSettings from(Settings settings) {
        var given = settings.get(WORKSPACE_ROOT);
        var root = Path.of(given).toAbsolutePath().normalize();
        if (settings.isSet(WORKSPACE_ROOT) && !Files.isDirectory(root)) {
            settings.problem(
                    WORKSPACE_ROOT,
                    "'" + given + "' is no folder",
                    "Set it to the folder of your repository");
        }
        return new WorkspaceSettings(root);
    }
}
