package io.lynkr.workspace;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A sandbox of a container runtime, Docker or Podman, by its command line: one container for each
 * run, taken away afterwards however the run ended.
 *
 * @param workspace on the host
 */
public record Container(Options options, Path workspace) implements Sandbox {

    /**
     * How containers are made; see the {@code MCP_SANDBOX_*} settings.
     *
     * @param runtime the executable
     * @param network the runtime's network mode; empty for none
     * @param passedVariables which of the program's variables are handed on; upper case
     */
    public record Options(
            String runtime,
            String image,
            Path workspaceInside,
            boolean mountWorkspace,
            Optional<String> network,
            List<String> passedVariables,
            List<Mount> mounts,
            Optional<String> user,
            Optional<String> entrypoint,
            boolean readOnlyRoot,
            boolean noNewPrivileges,
            List<String> droppedCapabilities,
            List<String> addedCapabilities,
            String memory,
            String cpus,
            int processes) {
        public Options {
            passedVariables =
                    passedVariables.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList();
            mounts = List.copyOf(mounts);
            droppedCapabilities = List.copyOf(droppedCapabilities);
            addedCapabilities = List.copyOf(addedCapabilities);
        }

        private Options withoutNetwork() {
            return new Options(
                    runtime,
                    image,
                    workspaceInside,
                    mountWorkspace,
                    Optional.empty(),
                    passedVariables,
                    mounts,
                    user,
                    entrypoint,
                    readOnlyRoot,
                    noNewPrivileges,
                    droppedCapabilities,
                    addedCapabilities,
                    memory,
                    cpus,
                    processes);
        }
    }

    @Override
    public String name() {
        return options.runtime() + " (" + options.image() + ")";
    }

    @Override
    public boolean isolates() {
        return true;
    }

    @Override
    public Container offline() {
        return new Container(options.withoutNetwork(), workspace);
    }

    @Override
    public ProcessSpec wrap(ProcessSpec spec) {
        var name = "lynkr-" + UUID.randomUUID();
        var words =
                new ArrayList<>(
                        List.of(options.runtime(), "run", "--rm", "--init", "--name", name));
        if (spec.talks() || spec.input().length > 0) {
            words.add("--interactive");
        }
        addLimits(words);
        words.addAll(List.of("--network", options.network().orElse("none")));
        addMounts(words);
        words.addAll(List.of("--workdir", inside(spec.folder()).toString()));
        options.user().ifPresent(user -> words.addAll(List.of("--user", user)));
        options.entrypoint().ifPresent(entry -> words.addAll(List.of("--entrypoint", entry)));
        spec.environment()
                .forEach(
                        (variable, value) -> {
                            if (options.passedVariables()
                                    .contains(variable.toUpperCase(Locale.ROOT))) {
                                words.addAll(List.of("--env", variable + "=" + value));
                            }
                        });
        words.add(options.image());
        words.addAll(spec.argv());
        return spec.withArgv(words)
                .withFolder(Path.of("/"))
                // The processes that are counted here are the runtime's client's, not the
                // program's.
                .withLimits(spec.limits().withProcesses(0).withMemoryBytes(0))
                .withAfterwards(List.of(options.runtime(), "rm", "--force", name));
    }

    private void addLimits(List<String> words) {
        if (options.readOnlyRoot()) {
            words.addAll(List.of("--read-only", "--tmpfs", "/tmp"));
        }
        if (options.noNewPrivileges()) {
            words.addAll(List.of("--security-opt", "no-new-privileges"));
        }
        words.addAll(List.of("--memory", options.memory(), "--cpus", options.cpus()));
        words.addAll(List.of("--pids-limit", Integer.toString(options.processes())));
        for (var capability : options.droppedCapabilities()) {
            words.addAll(List.of("--cap-drop", capability));
        }
        for (var capability : options.addedCapabilities()) {
            words.addAll(List.of("--cap-add", capability));
        }
    }

    private void addMounts(List<String> words) {
        if (options.mountWorkspace()) {
            addMount(words, new Mount(workspace, options.workspaceInside(), true));
            for (var name : ProtectedPaths.READ_ONLY_IN_SANDBOX) {
                var path = workspace.resolve(name);
                if (Files.exists(path, NOFOLLOW_LINKS) && !Files.isSymbolicLink(path)) {
                    addMount(
                            words, new Mount(path, options.workspaceInside().resolve(name), false));
                }
            }
        }
        if (options.mountWorkspace()) {
            for (var secret : SecretFiles.in(workspace)) {
                var inside = options.workspaceInside().resolve(workspace.relativize(secret));
                addMount(words, new Mount(Path.of("/dev/null"), inside, false));
            }
        }
        options.mounts().forEach(mount -> addMount(words, mount));
    }

    private static void addMount(List<String> words, Mount mount) {
        words.addAll(
                List.of(
                        "--volume",
                        mount.host() + ":" + mount.inside() + (mount.writable() ? ":rw" : ":ro")));
    }

    private Path inside(Path folder) {
        return folder.startsWith(workspace)
                ? options.workspaceInside().resolve(workspace.relativize(folder)).normalize()
                : options.workspaceInside();
    }
}
