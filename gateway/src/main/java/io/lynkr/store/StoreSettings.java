package io.lynkr.store;

import io.lynkr.config.Secret;
import io.lynkr.config.Setting;
import io.lynkr.config.Settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where records are kept.
 *
 * @param file the database; empty to keep them in memory only
 * @param shared the database that several gateways share; then there is no file
 * @param connections that one gateway may hold to it
 */
public record StoreSettings(Optional<Path> file, Optional<PostgresUrl> shared, int connections) {
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

    /** Not DATABASE_URL: a workspace's own {@code .env} often has one, for its own database. */
    public static final Setting<Optional<Secret>> SESSION_DB_URL =
            Setting.secret(
                    "SESSION_DB_URL",
                    "A PostgreSQL database that several gateways share, instead of a file of each,"
                        + " such as postgresql://user:password@host:5432/lynkr?sslmode=require.");

    public static final Setting<Integer> SESSION_DB_MAX_CONNECTIONS =
            Setting.integer(
                    "SESSION_DB_MAX_CONNECTIONS",
                    8,
                    1,
                    1_000,
                    "Connections to SESSION_DB_URL at a time, of each gateway.");

    public static final Setting<Optional<Path>> XDG_DATA_HOME =
            Setting.path(
                    "XDG_DATA_HOME", "The standard variable for the folder of programs' data.");

    /** Reads and checks; problems are left in the settings. */
    public static StoreSettings from(Settings settings) {
        int connections = settings.get(SESSION_DB_MAX_CONNECTIONS);
        var shared = settings.get(SESSION_DB_URL).flatMap(url -> read(url, settings));
        var given = settings.get(SESSION_DB_PATH);
        if (shared.isPresent() || given.filter(IN_MEMORY::equals).isPresent()) {
            return new StoreSettings(Optional.empty(), shared, connections);
        }
        return new StoreSettings(
                Optional.of(
                        given.map(Path::of)
                                .orElseGet(() -> folder(settings).resolve(FILE_NAME))
                                .toAbsolutePath()
                                .normalize()),
                shared,
                connections);
    }

    private static Optional<PostgresUrl> read(Secret url, Settings settings) {
        try {
            return Optional.of(PostgresUrl.parse(url.reveal()));
        } catch (IllegalArgumentException wrong) {
            settings.problem(
                    SESSION_DB_URL,
                    "is " + wrong.getMessage(),
                    "Write it as postgresql://user:password@host:5432/name, with %XX for odd"
                            + " signs.");
            return Optional.empty();
        }
    }

    /** The folder for what is kept. */
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
