package io.lynkr.mcp.host;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which MCP servers the gateway hosts, and how.
 *
 * @param sources where they are named
 * @param idle after which a server that nobody asks is ended
 * @param resultLimit how many bytes of a result are passed on
 */
public record HostSettings(
        boolean enabled,
        Sources sources,
        Boxing boxing,
        Duration startPatience,
        Duration callPatience,
        Duration idle,
        long resultLimit) {

    /** Which servers' programs run in a sandbox. */
    public enum Boxing {
        /** Those of projects, and those whose entry says {@code "sandbox": true}. */
        AUTO,
        /** All; without a sandbox that works none is started. */
        REQUIRE,
        /** None. */
        DENY
    }

    public static final Setting<Boolean> ENABLED =
            Setting.bool(
                    "MCP_HOST_ENABLED",
                    true,
                    "Whether the gateway starts MCP servers and offers their tools.");

    public static final Setting<Optional<Path>> MANIFEST =
            Setting.path("MCP_SERVER_MANIFEST", "A file that names MCP servers.");

    public static final Setting<List<String>> MANIFEST_DIRS =
            Setting.list(
                    "MCP_MANIFEST_DIRS",
                    "~/.claude/mcp",
                    "Folders whose *.json files name MCP servers.");

    public static final Setting<List<String>> SOURCES =
            Setting.list(
                    "MCP_SOURCES",
                    "manifests,project",
                    "Where MCP servers are looked for: manifests (the two settings above), project"
                            + " (.mcp.json in the workspace, once it is trusted), claude-code"
                            + " (~/.claude.json), claude-desktop (its configuration file).");

    public static final Setting<Boxing> SANDBOX =
            Setting.choice(
                    "MCP_SERVERS_SANDBOX",
                    Boxing.class,
                    Boxing.AUTO,
                    "Which MCP servers run in the sandbox that commands use: auto means those of"
                            + " projects and those that ask for it, require means all, deny means"
                            + " none.");

    public static final Setting<Duration> START_TIMEOUT_MS =
            Setting.millis(
                    "MCP_START_TIMEOUT_MS",
                    30_000,
                    100,
                    "How long an MCP server may take to start and to list its tools.");

    public static final Setting<Duration> CALL_TIMEOUT_MS =
            Setting.millis(
                    "MCP_CALL_TIMEOUT_MS",
                    60_000,
                    100,
                    "How long a call of an MCP server may take, if its entry has no timeout.");

    public static final Setting<Duration> IDLE_STOP_MS =
            Setting.millis(
                    "MCP_IDLE_STOP_MS",
                    300_000,
                    100,
                    "After how long without a call an MCP server is ended; the next call starts it"
                            + " again.");

    public static final Setting<Long> RESULT_LIMIT =
            Setting.bytes(
                    "MCP_RESULT_LIMIT",
                    "1mb",
                    "How much of a result of an MCP server is passed on.");

    /** Reads and checks; problems are left in the settings. */
    public static HostSettings from(Settings settings, Path workspace) {
        return new HostSettings(
                settings.get(ENABLED),
                sources(settings, workspace),
                settings.get(SANDBOX),
                settings.get(START_TIMEOUT_MS),
                settings.get(CALL_TIMEOUT_MS),
                settings.get(IDLE_STOP_MS),
                settings.get(RESULT_LIMIT));
    }

    /** The manifest that the command line writes: {@code lynkr.json} in the first folder. */
    public Path ownManifest() {
        return sources.folders().stream()
                .findFirst()
                .orElseGet(() -> fromHome(Path.of(MANIFEST_DIRS.defaultText())))
                .resolve("lynkr.json");
    }

    private static Sources sources(Settings settings, Path workspace) {
        var files = new ArrayList<Path>();
        var folders = new ArrayList<Path>();
        var project = new ArrayList<Path>();
        for (var source : settings.get(SOURCES)) {
            switch (source) {
                case "manifests" -> {
                    settings.get(MANIFEST).map(HostSettings::fromHome).ifPresent(files::add);
                    settings.get(MANIFEST_DIRS).forEach(dir -> folders.add(fromHome(Path.of(dir))));
                }
                case "project" -> project.add(workspace.resolve(".mcp.json"));
                case "claude-code" -> files.add(home().resolve(".claude.json"));
                case "claude-desktop" -> files.addAll(desktop());
                default ->
                        settings.problem(
                                SOURCES,
                                "'" + source + "' is no place where MCP servers are looked for",
                                "Choose from manifests, project, claude-code, claude-desktop");
            }
        }
        return new Sources(files, folders, project, workspace);
    }

    private static List<Path> desktop() {
        var name = "claude_desktop_config.json";
        return List.of(
                home().resolve(".config/Claude").resolve(name),
                home().resolve("Library/Application Support/Claude").resolve(name));
    }

    private static Path fromHome(Path path) {
        var text = path.toString();
        return text.equals("~") || text.startsWith("~/")
                ? home().resolve(text.substring(Math.min(2, text.length()))).normalize()
                : path.toAbsolutePath().normalize();
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home", "."));
    }
}
