package io.lynkr.workspace;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A sandbox of the kernel's own means, without a daemon: the program sees the system's programs
 * read-only, the workspace, an empty /tmp, itself and nobody else, and no network unless allowed.
 * When its first process dies, all of its processes do.
 *
 * @param program where bubblewrap is
 * @param workspace writable, but for what others would obey; secret files in it are empty
 * @param mounts what else can be seen
 */
public record Bubblewrap(Path program, Path workspace, List<Mount> mounts, boolean network)
        implements Sandbox {
    /** Where it is looked for; never in the workspace. */
    public static final List<Path> USUAL_PLACES =
            List.of(
                    Path.of("/usr/bin/bwrap"),
                    Path.of("/usr/local/bin/bwrap"),
                    Path.of("/bin/bwrap"));

    private static final List<String> SYSTEM =
            List.of("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/opt", "/nix/store");

    /** What programs need of /etc; never the shadow file, host keys or anybody's settings. */
    private static final List<String> ETC =
            List.of(
                    "alternatives",
                    "ca-certificates",
                    "group",
                    "hosts",
                    "ld.so.cache",
                    "ld.so.conf",
                    "ld.so.conf.d",
                    "localtime",
                    "mime.types",
                    "nsswitch.conf",
                    "passwd",
                    "pki",
                    "protocols",
                    "resolv.conf",
                    "services",
                    "ssl",
                    "timezone");

    /** No core files, 4,096 open files, files of at most 1 GB (in blocks of 512 bytes). */
    private static final String LIMITED =
            "ulimit -c 0; ulimit -n 4096 2>/dev/null; ulimit -f 2097152 2>/dev/null; exec \"$@\"";

    public Bubblewrap {
        mounts = List.copyOf(mounts);
    }

    @Override
    public String name() {
        return "bubblewrap";
    }

    @Override
    public boolean isolates() {
        return true;
    }

    @Override
    public Bubblewrap offline() {
        return new Bubblewrap(program, workspace, mounts, false);
    }

    @Override
    public ProcessSpec wrap(ProcessSpec spec) {
        var words = new ArrayList<String>();
        words.add(program.toString());
        words.addAll(List.of("--unshare-all", "--die-with-parent", "--new-session"));
        words.addAll(List.of("--cap-drop", "ALL"));
        if (network) {
            words.add("--share-net");
        }
        addSystem(words, spec);
        words.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"));
        words.addAll(List.of("--setenv", "HOME", "/tmp", "--setenv", "TMPDIR", "/tmp"));
        for (var mount : mounts) {
            bind(
                    words,
                    mount.writable() ? "--bind-try" : "--ro-bind-try",
                    mount.host(),
                    mount.inside());
        }
        addWorkspace(words);
        words.addAll(List.of("--chdir", spec.folder().toString(), "--"));
        words.addAll(List.of("/bin/sh", "-c", LIMITED, "sh"));
        words.addAll(spec.argv());
        return spec.withArgv(words).withFolder(Path.of("/"));
    }

    private void addSystem(List<String> words, ProcessSpec spec) {
        for (var folder : SYSTEM) {
            bind(words, "--ro-bind-try", Path.of(folder), Path.of(folder));
        }
        for (var name : ETC) {
            bind(words, "--ro-bind-try", Path.of("/etc", name), Path.of("/etc", name));
        }
        for (var folder : ownProgramFolders(spec)) {
            bind(words, "--ro-bind-try", folder, folder);
        }
    }

    /** Programs that the user installed elsewhere: the folders in PATH, and no more of them. */
    private Set<Path> ownProgramFolders(ProcessSpec spec) {
        var folders = new LinkedHashSet<Path>();
        for (var entry : spec.environment().getOrDefault("PATH", "").split(":", -1)) {
            var folder = Path.of(entry);
            boolean known =
                    SYSTEM.stream().anyMatch(folder::startsWith)
                            || folder.startsWith(workspace)
                            || workspace.startsWith(folder);
            if (folder.isAbsolute() && folder.endsWith("bin") && !known) {
                folders.add(folder.normalize());
            }
        }
        return folders;
    }

    private void addWorkspace(List<String> words) {
        bind(words, "--bind", workspace, workspace);
        // A mount point cannot be moved away and replaced, so .git is one even where it is
        // writable.
        var git = workspace.resolve(".git");
        if (Files.isDirectory(git, NOFOLLOW_LINKS)) {
            bind(words, "--bind", git, git);
        }
        for (var name : ProtectedPaths.READ_ONLY_IN_SANDBOX) {
            var path = workspace.resolve(name);
            if (Files.isDirectory(path, NOFOLLOW_LINKS)
                    || Files.isRegularFile(path, NOFOLLOW_LINKS)) {
                bind(words, "--ro-bind", path, path);
            }
        }
        for (var secret : SecretFiles.in(workspace)) {
            bind(words, "--ro-bind", Path.of("/dev/null"), secret);
        }
    }

    private static void bind(List<String> words, String how, Path host, Path inside) {
        words.addAll(List.of(how, host.toString(), inside.toString()));
    }
}
