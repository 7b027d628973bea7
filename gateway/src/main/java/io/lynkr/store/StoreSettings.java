package io.lynkr.store;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where records are kept.
 *
 * @param file the database; empty to keep them in memory only
 */
public record StoreSettings(Optional<Path> file) {
    private static final String IN_MEMORY = ":memory:";
    private static final String FILE_NAME = "lynkr.db";

    public static final Setting<Optional<Path>> DATA_DIR =
            Setting.path(
                    "DATA_DIR",
                    "The folder for what the gateway remembers; without it, the folder lynkr in"
                            + " XDG_DATA_HOME or in ~/.local/share.");

    public static final Setting<Optional<String>> SESSION_DB_PATH =
            Setting.text(
                    "SESSION_DB_PATH",
                    "The database file, lynkr.db in DATA_DIR without it; :memory: forgets"
                            + " everything at the end.");

    public static final Setting<Optional<Path>> XDG_DATA_HOME =
            Setting.path(
                    "XDG_DATA_HOME", "The standard variable for the folder of programs' data.");

    /** Reads and checks; problems are left in the settings. */
    public static StoreSettings from(Settings settings) {
        var given = settings.get(SESSION_DB_PATH);
        if (given.isPresent() && given.get().equals(IN_MEMORY)) {
            return new StoreSettings(Optional.empty());
        }
        return new StoreSettings(
                Optional.of(
                        given.map(Path::of)
                                .orElseGet(() -> folder(settings).resolve(FILE_NAME))
                                .toAbsolutePath()
                                .normalize()));
    }

    /** The folder for what the gateway remembers. */
    public static Path folder(Settings settings) {
        return settings.get(DATA_DIR)
                .orElseGet(
                        () ->
                                settings.get(XDG_DATA_HOME)
                                        // The standard: what is relative is to be ignored.
                                        .filter(Path::isAbsolute)
                                        .orElseGet(StoreSettings::usual)
                                        .resolve("lynkr"));
    }

    private static Path usual() {
        return Path.of(System.getProperty("user.home", "."), ".local", "share");
    }
}
