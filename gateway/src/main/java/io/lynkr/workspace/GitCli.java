package io.lynkr.workspace;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The git executable in a workspace that is not trusted: always in the same language, never with a
 * question or a pager, without hooks, and deaf to those of the repository's settings that run
 * programs. The operator's own settings, global or of the system, count as they do elsewhere. Git
 * looks for the repository in the workspace's root only.
 */
public final class GitCli {
    private static final List<String> PASSED_ON =
            List.of(
                    "PATH",
                    "HOME",
                    "USER",
                    "TMPDIR",
                    "TZ",
                    "XDG_CONFIG_HOME",
                    "SSH_AUTH_SOCK",
                    "HTTP_PROXY",
                    "HTTPS_PROXY",
                    "NO_PROXY",
                    "http_proxy",
                    "https_proxy",
                    "no_proxy",
                    "GIT_CONFIG_GLOBAL",
                    "GIT_CONFIG_SYSTEM",
                    "GIT_CONFIG_NOSYSTEM",
                    "GIT_AUTHOR_NAME",
                    "GIT_AUTHOR_EMAIL",
                    "GIT_COMMITTER_NAME",
                    "GIT_COMMITTER_EMAIL");

    private static final String PROTOCOLS = "https:http:ssh:file";
    private static final String NO_PROTOCOL = "none";
    private static final Duration CONFIG_TIME = Duration.ofSeconds(10);
    private static final int FEW_PROCESSES = 64;
    private static final char NOT_UNICODE = '\uFFFD';

    /** How the JDK writes the arguments and variables of a child. */
    private static final Charset OF_ARGUMENTS =
            Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private final ProcessRunner runner;
    private final Path root;
    private final Map<String, String> environment;

    /**
     * For the repository in a workspace.
     *
     * @param root absolute, without links in it
     * @param gateway the gateway's own environment, of which git gets what it needs
     */
    public GitCli(ProcessRunner runner, Path root, Map<String, String> gateway) {
        this.runner = runner;
        this.root = root;
        var variables = new LinkedHashMap<>(ChildEnvironment.of(gateway, PASSED_ON).variables());
        variables.put("LC_ALL", "C.UTF-8");
        variables.put("GIT_TERMINAL_PROMPT", "0");
        variables.put("GIT_ASKPASS", "true");
        variables.put("SSH_ASKPASS", "true");
        variables.put("GIT_EDITOR", "true");
        variables.put("GIT_SEQUENCE_EDITOR", "true");
        variables.put("GIT_PAGER", "cat");
        variables.put("GIT_MERGE_AUTOEDIT", "no");
        variables.put("GIT_LITERAL_PATHSPECS", "1");
        variables.put("GIT_NO_LAZY_FETCH", "1");
        variables.put("GIT_WORK_TREE", ".");
        var above = root.getParent();
        if (above != null) {
            variables.put("GIT_CEILING_DIRECTORIES", above.toString());
        }
        environment = Map.copyOf(variables);
    }

    /** The workspace's folder, in which git runs. */
    public Path root() {
        return root;
    }

    /**
     * Runs it.
     *
     * @throws InterruptedException if the client left; git is dead by then, and what it was about
     *     may be half done
     */
    public GitRun run(GitCommand command) throws InterruptedException {
        var listed = config();
        if (!listed.succeeded() || listed.isCut()) {
            return listed;
        }
        var guard = GitConfigGuard.of(listed.fields());
        try {
            var variables = new LinkedHashMap<>(environment);
            guard.putInto(variables, GitCli::checked);
            variables.put("GIT_OPTIONAL_LOCKS", command.locks() ? "1" : "0");
            variables.put("GIT_ALLOW_PROTOCOL", command.network() ? PROTOCOLS : NO_PROTOCOL);
            variables.put("GIT_SSH_COMMAND", guard.sshCommand().orElse("ssh") + " -oBatchMode=yes");
            command.variables().forEach((name, value) -> variables.put(name, checked(value)));
            var argv = new ArrayList<>(List.of("git", "--no-pager"));
            command.arguments().forEach(argument -> argv.add(checked(argument)));
            return start(argv, variables, command);
        } catch (IllegalArgumentException unspeakable) {
            return notStarted(String.valueOf(unspeakable.getMessage()));
        }
    }

    /** Names of the repository's own settings that are ignored, because they run programs. */
    public Set<String> ignoredSettings() throws InterruptedException {
        var listed = config();
        return listed.succeeded() ? GitConfigGuard.of(listed.fields()).neutralised() : Set.of();
    }

    private GitRun config() throws InterruptedException {
        var command =
                GitCommand.reading("config", "--list", "--show-scope", "-z").withTime(CONFIG_TIME);
        return start(
                List.of("git", "config", "--list", "--show-scope", "-z"), environment, command);
    }

    private GitRun start(List<String> argv, Map<String, String> variables, GitCommand command)
            throws InterruptedException {
        var limits =
                ProcessLimits.USUAL
                        .withTime(command.time())
                        .withOutputBytes(command.outputBytes())
                        .withProcesses(FEW_PROCESSES)
                        .withMemoryBytes(0);
        var spec =
                new ProcessSpec(argv, root, variables, command.input(), false, limits, List.of());
        return new GitRun(runner.run(spec, OutputListener.NONE));
    }

    /** What the JDK cannot write, or could not read, would reach git as something else. */
    private static String checked(String text) {
        if (!OF_ARGUMENTS.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException(
                    "'%s' cannot be given to programs in this gateway's locale (%s); start it with"
                                    .formatted(text, OF_ARGUMENTS)
                            + " LC_ALL=C.UTF-8");
        }
        if (text.indexOf(NOT_UNICODE) >= 0) {
            throw new IllegalArgumentException("'" + text + "' is not well-formed Unicode");
        }
        return text;
    }

    private static GitRun notStarted(String reason) {
        var nothing = new Output("", "", 0);
        return new GitRun(
                new ProcessResult(
                        new ProcessResult.Ending.NotStarted(reason),
                        nothing,
                        nothing,
                        Duration.ZERO,
                        0));
    }
}
