package io.lynkr.policy;

import io.lynkr.config.Setting;
import io.lynkr.config.Settings;
import io.lynkr.workspace.ChildEnvironment;
import io.lynkr.workspace.Container;
import io.lynkr.workspace.Mount;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where commands run.
 *
 * @param enabled whether containers may be used; bubblewrap needs no setting
 * @param image the container's; containers are off without one
 * @param container how containers are made, if there is an image
 * @param mounts further folders that every sandbox shows
 * @param networking whether a sandbox has a network
 * @param passedVariables names of the variables that commands get
 * @param timeout for commands that ask for none
 * @param reuseSession read for the seed's sake; every run has a container of its own
 * @param unsandboxed whether commands may run without a sandbox where none works
 */
public record SandboxSettings(
        boolean enabled,
        Optional<String> image,
        Optional<Container.Options> container,
        List<Mount> mounts,
        boolean networking,
        List<String> passedVariables,
        Duration timeout,
        boolean reuseSession,
        Permissions permissions,
        boolean unsandboxed) {

    /** Which programs tools may run; lists hold names, beginnings with {@code *}, or {@code *}. */
    public record Permissions(PermissionMode mode, List<String> allow, List<String> deny) {
        /** Any program. */
        public static final Permissions ALL =
                new Permissions(PermissionMode.AUTO, List.of(), List.of());

        public Permissions {
            allow = List.copyOf(allow);
            deny = List.copyOf(deny);
        }

        /** Whether a program may run; what is denied wins. */
        public boolean permit(String program) {
            var name = program.toLowerCase(Locale.ROOT);
            if (deny.stream().anyMatch(pattern -> matches(pattern, name))) {
                return false;
            }
            return switch (mode) {
                case AUTO -> true;
                case REQUIRE -> allow.stream().anyMatch(pattern -> matches(pattern, name));
                case DENY -> false;
            };
        }

        private static boolean matches(String pattern, String name) {
            var lower = pattern.toLowerCase(Locale.ROOT);
            return lower.endsWith("*")
                    ? name.startsWith(lower.substring(0, lower.length() - 1))
                    : name.equals(lower);
        }
    }

    /** What programs need to be run by tools. */
    public enum PermissionMode {
        /** Nothing. */
        AUTO,
        /** To be on the list of allowed ones. */
        REQUIRE,
        /** None may. */
        DENY
    }

    public static final Setting<Boolean> ENABLED =
            Setting.bool(
                    "MCP_SANDBOX_ENABLED",
                    true,
                    "Lets commands run in containers, if MCP_SANDBOX_IMAGE is set.");

    public static final Setting<Optional<String>> IMAGE =
            Setting.text(
                    "MCP_SANDBOX_IMAGE",
                    "The container image for commands; without one bubblewrap is the sandbox.");

    public static final Setting<String> RUNTIME =
            Setting.text("MCP_SANDBOX_RUNTIME", "docker", "The container runtime's executable.");

    public static final Setting<String> CONTAINER_WORKSPACE =
            Setting.text(
                    "MCP_SANDBOX_CONTAINER_WORKSPACE",
                    "/workspace",
                    "Where a container sees the workspace.");

    public static final Setting<Boolean> MOUNT_WORKSPACE =
            Setting.bool(
                    "MCP_SANDBOX_MOUNT_WORKSPACE",
                    true,
                    "Whether a container sees the workspace at all.");

    public static final Setting<Boolean> ALLOW_NETWORKING =
            Setting.bool("MCP_SANDBOX_ALLOW_NETWORKING", false, "Gives sandboxes a network.");

    public static final Setting<String> NETWORK_MODE =
            Setting.text(
                    "MCP_SANDBOX_NETWORK_MODE",
                    "bridge",
                    "The container runtime's network mode, if there is a network.");

    public static final Setting<List<String>> PASSTHROUGH_ENV =
            Setting.list(
                    "MCP_SANDBOX_PASSTHROUGH_ENV",
                    "PATH,LANG,LC_ALL,TERM,HOME",
                    "The variables of the gateway that commands get.");

    public static final Setting<List<String>> EXTRA_MOUNTS =
            Setting.list(
                    "MCP_SANDBOX_EXTRA_MOUNTS",
                    "",
                    "Further folders that sandboxes show, as host:inside or host:inside:ro with"
                            + " semicolons between.");

    public static final Setting<Duration> TIMEOUT_MS =
            Setting.millis(
                    "MCP_SANDBOX_TIMEOUT_MS",
                    15_000,
                    1,
                    "How long a command may take unless it asks for another time.");

    public static final Setting<Optional<String>> USER =
            Setting.text("MCP_SANDBOX_USER", "Who a container's program runs as.");

    public static final Setting<Optional<String>> ENTRYPOINT =
            Setting.text("MCP_SANDBOX_ENTRYPOINT", "Replaces the image's entry point.");

    public static final Setting<Boolean> REUSE_SESSION =
            Setting.bool(
                    "MCP_SANDBOX_REUSE_SESSION",
                    true,
                    "Accepted for compatibility; every command has a sandbox of its own.");

    public static final Setting<Boolean> READ_ONLY_ROOT =
            Setting.bool(
                    "MCP_SANDBOX_READ_ONLY_ROOT",
                    false,
                    "Makes a container's own files read-only.");

    public static final Setting<Boolean> NO_NEW_PRIVILEGES =
            Setting.bool(
                    "MCP_SANDBOX_NO_NEW_PRIVILEGES",
                    true,
                    "Keeps programs in a container from gaining rights.");

    public static final Setting<List<String>> DROP_CAPABILITIES =
            Setting.list(
                    "MCP_SANDBOX_DROP_CAPABILITIES",
                    "ALL",
                    "The capabilities that a container does without.");

    public static final Setting<List<String>> ADD_CAPABILITIES =
            Setting.list(
                    "MCP_SANDBOX_ADD_CAPABILITIES", "", "The capabilities that a container has.");

    public static final Setting<String> MEMORY_LIMIT =
            Setting.text("MCP_SANDBOX_MEMORY_LIMIT", "512m", "The memory of a container.");

    public static final Setting<String> CPU_LIMIT =
            Setting.text("MCP_SANDBOX_CPU_LIMIT", "1.0", "The processors of a container.");

    public static final Setting<Integer> PIDS_LIMIT =
            Setting.integer(
                    "MCP_SANDBOX_PIDS_LIMIT", 100, 1, 100_000, "The processes in a container.");

    public static final Setting<PermissionMode> PERMISSION_MODE =
            Setting.choice(
                    "MCP_SANDBOX_PERMISSION_MODE",
                    PermissionMode.class,
                    PermissionMode.AUTO,
                    "What programs need to be run by tools: nothing, to be allowed, or none"
                            + " may.");

    public static final Setting<List<String>> PERMISSION_ALLOW =
            Setting.list(
                    "MCP_SANDBOX_PERMISSION_ALLOW",
                    "",
                    "Programs that tools may run; a * at the end stands for the rest.");

    public static final Setting<List<String>> PERMISSION_DENY =
            Setting.list(
                    "MCP_SANDBOX_PERMISSION_DENY",
                    "",
                    "Programs that tools may not run; stronger than the allowed ones.");

    public static final Setting<Boolean> UNSANDBOXED =
            Setting.bool(
                    "TOOLS_UNSANDBOXED",
                    false,
                    "Lets commands run without a sandbox where none works: with all your rights, so"
                            + " only for a machine that has nothing to lose.");

    public SandboxSettings {
        mounts = List.copyOf(mounts);
        passedVariables = List.copyOf(passedVariables);
    }

    /** Reads and checks; problems are left in the settings. */
    public static SandboxSettings from(Settings settings) {
        var mounts = mounts(settings);
        var image = settings.get(ENABLED) ? settings.get(IMAGE) : Optional.<String>empty();
        return new SandboxSettings(
                settings.get(ENABLED),
                image,
                image.map(name -> container(settings, name, mounts)),
                mounts,
                settings.get(ALLOW_NETWORKING),
                passed(settings),
                settings.get(TIMEOUT_MS),
                settings.get(REUSE_SESSION),
                new Permissions(
                        settings.get(PERMISSION_MODE),
                        settings.get(PERMISSION_ALLOW),
                        settings.get(PERMISSION_DENY)),
                settings.get(UNSANDBOXED));
    }

    /** Variables that load code are ours to set; of those only the operator's PATH is passed. */
    private static List<String> passed(Settings settings) {
        var names = new ArrayList<String>();
        for (var name : settings.get(PASSTHROUGH_ENV)) {
            if (!name.equals("PATH") && ChildEnvironment.loads(name)) {
                settings.problem(
                        PASSTHROUGH_ENV,
                        name + " makes programs load or run something",
                        "Remove it from the list");
            } else {
                names.add(name);
            }
        }
        return names;
    }

    private static Container.Options container(
            Settings settings, String image, List<Mount> mounts) {
        return new Container.Options(
                settings.get(RUNTIME),
                image,
                inside(settings),
                settings.get(MOUNT_WORKSPACE),
                settings.get(ALLOW_NETWORKING)
                        ? Optional.of(settings.get(NETWORK_MODE))
                        : Optional.empty(),
                settings.get(PASSTHROUGH_ENV),
                mounts,
                settings.get(USER),
                settings.get(ENTRYPOINT),
                settings.get(READ_ONLY_ROOT),
                settings.get(NO_NEW_PRIVILEGES),
                settings.get(DROP_CAPABILITIES),
                settings.get(ADD_CAPABILITIES),
                settings.get(MEMORY_LIMIT),
                settings.get(CPU_LIMIT),
                settings.get(PIDS_LIMIT));
    }

    private static Path inside(Settings settings) {
        var given = settings.get(CONTAINER_WORKSPACE);
        if (!given.startsWith("/") || given.contains(":") || given.indexOf('\0') >= 0) {
            settings.problem(
                    CONTAINER_WORKSPACE,
                    "'" + given + "' is no absolute path",
                    "Set it to /workspace");
            return Path.of("/workspace");
        }
        return Path.of(given);
    }

    private static List<Mount> mounts(Settings settings) {
        var mounts = new ArrayList<Mount>();
        for (var given : settings.get(EXTRA_MOUNTS)) {
            var parts = given.split(":", -1);
            try {
                boolean known =
                        parts.length == 2 || (parts.length == 3 && parts[2].matches("r[ow]"));
                if (!known) {
                    throw new IllegalArgumentException("no mount");
                }
                boolean writable = parts.length == 2 || parts[2].equals("rw");
                mounts.add(new Mount(Path.of(parts[0]), Path.of(parts[1]), writable));
            } catch (IllegalArgumentException wrong) { // also a path that is none
                mountProblem(settings, given);
            }
        }
        return mounts;
    }

    private static void mountProblem(Settings settings, String given) {
        settings.problem(
                EXTRA_MOUNTS,
                "'"
                        + given
                        + "' is not host:inside, host:inside:ro or host:inside:rw with absolute"
                        + " paths",
                "Write for example /data/models:/models:ro");
    }
}
