package io.lynkr.tool.git;

import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.workspace.GitCli;
import io.lynkr.workspace.GitCommand;
import io.lynkr.workspace.GitRun;
import io.lynkr.workspace.PathGuard;
import io.lynkr.workspace.WorkspacePath;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/** The workspace's git repository, by git's plumbing. */
final class Repository {
    private static final Pattern REVISION =
            Pattern.compile("[\\p{L}\\p{N}@._/][\\p{L}\\p{N}\\p{M}._/@{}^~+#!,=&%$-]{0,250}");

    private final GitCli git;
    private final PathGuard guard;

    /** Guards the repository: one change at a time. */
    private final ReentrantLock changing = new ReentrantLock();

    Repository(GitCli git, PathGuard guard) {
        this.git = git;
        this.guard = guard;
    }

    /** A piece of work that may fail as tools do. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws ToolException, InterruptedException;
    }

    /**
     * Does something to the repository, alone, and to its end: when the client leaves meanwhile,
     * that counts only afterwards, so that nothing is left half done.
     */
    <T> T change(Work<T> work) throws ToolException, InterruptedException {
        var task =
                new FutureTask<>(
                        () -> {
                            changing.lock();
                            try {
                                return work.run();
                            } finally {
                                changing.unlock();
                            }
                        });
        Thread.startVirtualThread(task);
        boolean left = false;
        while (!task.isDone()) {
            try {
                task.get();
            } catch (InterruptedException leaves) {
                left = true;
            } catch (ExecutionException failed) {
                // told below
            }
        }
        if (left) {
            throw new InterruptedException("the client left");
        }
        try {
            return task.get();
        } catch (ExecutionException failed) {
            throw cause(failed);
        }
    }

    private static ToolException cause(ExecutionException failed) {
        return switch (failed.getCause()) {
            case ToolException failure -> failure;
            case RuntimeException bug -> throw bug;
            case null, default -> throw new IllegalStateException(failed);
        };
    }

    /** Looks at something while a call is planned, when an interrupt cannot be passed on. */
    <T> T beforehand(Work<T> look) throws ToolException {
        try {
            return look.run();
        } catch (InterruptedException leaves) {
            Thread.currentThread().interrupt();
            throw new ToolException(Kind.UNAVAILABLE, "the client left");
        }
    }

    /** Runs git, however it ends. */
    GitRun run(GitCommand command) throws InterruptedException {
        return git.run(command);
    }

    /** Runs git, which must succeed and print no more than is kept. */
    GitRun must(GitCommand command) throws ToolException, InterruptedException {
        var run = git.run(command);
        if (!run.succeeded()) {
            throw failure(run);
        }
        if (run.isCut()) {
            throw new ToolException(
                    Kind.TOO_LARGE, "git " + command.arguments().getFirst() + " tells too much");
        }
        return run;
    }

    /** What a run that failed is to the model. */
    static ToolException failure(GitRun run) {
        var told = run.told();
        if (told.contains("not a git repository")) {
            return new ToolException(
                    Kind.UNAVAILABLE, "the workspace's folder is not the top of a git repository");
        }
        return new ToolException(run.exitCode() < 0 ? Kind.UNAVAILABLE : Kind.FAILED, told);
    }

    /** What git prints, without the last line end. */
    String text(String... arguments) throws ToolException, InterruptedException {
        return must(GitCommand.reading(arguments)).out().stripTrailing();
    }

    GitStatus status() throws ToolException, InterruptedException {
        return GitStatus.parse(
                must(GitCommand.reading(
                                "status",
                                "--porcelain=v2",
                                "-z",
                                "--branch",
                                "--untracked-files=all",
                                "--ignore-submodules=dirty"))
                        .fields());
    }

    /** The commit that a name means. */
    Optional<String> commit(String revision) throws InterruptedException {
        return objectOf(revision + "^{commit}");
    }

    private Optional<String> objectOf(String expression) throws InterruptedException {
        var run =
                git.run(
                        GitCommand.reading(
                                "rev-parse",
                                "--verify",
                                "--quiet",
                                "--end-of-options",
                                expression));
        return run.succeeded() ? Optional.of(run.out().strip()) : Optional.empty();
    }

    /** The commit that the model names, or a failure that says so. */
    String knownCommit(String name) throws ToolException, InterruptedException {
        return commit(revision(name))
                .orElseThrow(
                        () ->
                                new ToolException(
                                        Kind.NOT_FOUND,
                                        "'" + name + "' is no commit, branch or tag here"));
    }

    /** A name of a commit, branch or remote that cannot be taken for anything else. */
    static String revision(String given) throws ToolException {
        if (!REVISION.matcher(given).matches() || given.contains("..")) {
            throw new ToolException(
                    Kind.INVALID_ARGUMENTS, "'" + given + "' is no name that git would know");
        }
        return given;
    }

    /** A branch's name, as git allows them. */
    String branchName(String given) throws ToolException, InterruptedException {
        var name = revision(given);
        if (!git.run(GitCommand.reading("check-ref-format", "refs/heads/" + name)).succeeded()
                || name.equals("HEAD")) {
            throw new ToolException(
                    Kind.INVALID_ARGUMENTS, "'" + given + "' is no name for a branch");
        }
        return name;
    }

    boolean isAncestor(String older, String newer) throws InterruptedException {
        return git.run(GitCommand.reading("merge-base", "--is-ancestor", older, newer)).succeeded();
    }

    /** The names of the remotes that are set up. */
    List<String> remotes() throws ToolException, InterruptedException {
        return text("remote").lines().toList();
    }

    /** A remote by its name; never by an address. */
    String remote(String given) throws ToolException, InterruptedException {
        var remotes = remotes();
        if (!remotes.contains(given) || given.startsWith("-")) {
            throw new ToolException(
                    Kind.NOT_FOUND,
                    "there is no remote '"
                            + given
                            + "'; "
                            + (remotes.isEmpty()
                                    ? "the repository has none"
                                    : "there are " + String.join(", ", remotes)));
        }
        return given;
    }

    /**
     * Refuses a remote that is a folder in the workspace: what its hooks and settings run would run
     * outside of any sandbox.
     */
    void checkRemotePlaces(String remote, boolean pushing)
            throws ToolException, InterruptedException {
        var command =
                pushing
                        ? List.of("remote", "get-url", "--push", "--all", remote)
                        : List.of("remote", "get-url", "--all", remote);
        for (var address : text(command.toArray(String[]::new)).lines().toList()) {
            if (isInWorkspace(address)) {
                throw new ToolException(
                        Kind.UNAVAILABLE,
                        "the remote '"
                                + remote
                                + "' is a folder in the workspace, whose hooks could run anything;"
                                + " only remotes elsewhere are used");
            }
        }
    }

    private boolean isInWorkspace(String address) {
        boolean isPath =
                address.startsWith("file:")
                        || (!address.contains("://") && !address.matches("(?s)[^/]*:.*"));
        if (!isPath) {
            return false;
        }
        var path = address.replaceFirst("^file:(//[^/]*)?", "");
        try {
            var place = git.root().resolve(path).normalize();
            return place.startsWith(git.root()) || real(place).startsWith(git.root());
        } catch (InvalidPathException strange) {
            return true;
        }
    }

    private static Path real(Path place) {
        try {
            return place.toRealPath();
        } catch (IOException missing) {
            return place;
        }
    }

    /** What is going on: merge, rebase, cherry-pick, revert or bisect. */
    Optional<String> inProgress() throws ToolException, InterruptedException {
        var folder = Path.of(text("rev-parse", "--absolute-git-dir"));
        record Sign(String file, String name) {}
        return List.of(
                        new Sign("rebase-merge", "rebase"),
                        new Sign("rebase-apply", "rebase"),
                        new Sign("MERGE_HEAD", "merge"),
                        new Sign("CHERRY_PICK_HEAD", "cherry-pick"),
                        new Sign("REVERT_HEAD", "revert"),
                        new Sign("BISECT_LOG", "bisect"))
                .stream()
                .filter(sign -> Files.exists(folder.resolve(sign.file)))
                .map(Sign::name)
                .findFirst();
    }

    /** What stands in one of git's own small files, such as {@code rebase-merge/orig-head}. */
    Optional<String> gitFile(String name) throws ToolException, InterruptedException {
        var file = Path.of(text("rev-parse", "--absolute-git-dir")).resolve(name);
        try {
            return Files.exists(file)
                    ? Optional.of(Files.readString(file).strip())
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** The tree without any file. */
    String emptyTree() throws ToolException, InterruptedException {
        return text("hash-object", "-t", "tree", "/dev/null");
    }

    /** The tree of what is staged. */
    String stagedTree() throws ToolException, InterruptedException {
        return text("write-tree");
    }

    /**
     * The tree that a commit of all that lies in the working tree would have. Nothing of it stays:
     * index and objects are written elsewhere.
     */
    String workingTree() throws ToolException, InterruptedException {
        try (var scratch = Scratch.make()) {
            var index = git.root().resolve(text("rev-parse", "--git-path", "index"));
            if (Files.exists(index)) {
                Files.copy(index, scratch.path("index"));
            }
            var objects = git.root().resolve(text("rev-parse", "--git-path", "objects"));
            var own = Files.createDirectory(scratch.path("objects"));
            var elsewhere =
                    Map.of(
                            "GIT_INDEX_FILE", scratch.path("index").toString(),
                            "GIT_OBJECT_DIRECTORY", own.toString(),
                            "GIT_ALTERNATE_OBJECT_DIRECTORIES", objects.toString());
            must(GitCommand.changing("add", "--all", "--", ".").withVariables(elsewhere));
            return must(GitCommand.changing("write-tree").withVariables(elsewhere)).out().strip();
        } catch (IOException e) {
            throw new ToolException(Kind.FAILED, "git's index cannot be copied: " + e.getMessage());
        }
    }

    /** Whether something with this name lies in the working tree; names that cannot be do not. */
    boolean isThere(String file) {
        try {
            return Files.exists(git.root().resolve(file), LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException unspeakable) {
            return false;
        }
    }

    /** Whether a file's content may reach the model, or a commit. */
    boolean mayRead(String file) {
        try {
            return guard.refusal(PathGuard.Access.READ, path(file)).isEmpty();
        } catch (ToolException strange) {
            return false;
        }
    }

    /**
     * A path as the model gives it: relative to the workspace or absolute in it. Any name that git
     * can hold is one, as long as it does not lead out.
     */
    WorkspacePath path(String given) throws ToolException {
        var root = git.root().toString();
        var relative = given.startsWith(root + "/") ? given.substring(root.length() + 1) : given;
        var names =
                Arrays.stream(relative.split("/", -1))
                        .filter(name -> !name.isEmpty() && !name.equals("."))
                        .toList();
        if (given.isEmpty()
                || relative.startsWith("/")
                || relative.indexOf('\0') >= 0
                || names.contains("..")) {
            throw new ToolException(
                    Kind.INVALID_ARGUMENTS, "'" + given + "' is no path in the workspace");
        }
        return new WorkspacePath(names);
    }

    GitCli git() {
        return git;
    }
}
