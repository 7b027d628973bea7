package io.lynkr.tool.files;

import io.lynkr.resilience.Deadline;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.workspace.ChildEnvironment;
import io.lynkr.workspace.Output;
import io.lynkr.workspace.OutputListener;
import io.lynkr.workspace.ProcessLimits;
import io.lynkr.workspace.ProcessResult;
import io.lynkr.workspace.ProcessResult.Ending;
import io.lynkr.workspace.ProcessRunner;
import io.lynkr.workspace.ProcessSpec;
import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Searches with ripgrep. It is asked where the hits are, not for their text, so nothing that it may
 * have come to read by a race or a link reaches the model.
 */
final class Ripgrep implements SearchEngine {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** Some 100,000 hits; the beginning is half of it. */
    private static final int OUTPUT_BYTES = 16 << 20;

    private static final int NO_HIT = 1;

    private static final List<String> OPTIONS =
            List.of(
                    "--no-config",
                    "--no-follow",
                    "--crlf",
                    "--hidden",
                    "--no-require-git",
                    "--no-ignore-dot",
                    "--no-ignore-global",
                    "--color=never",
                    "--no-heading",
                    "--with-filename",
                    "--line-number",
                    "--column",
                    "--null",
                    "--no-messages",
                    // The line itself is left out.
                    "--max-columns=1",
                    "--max-filesize=" + LARGEST_FILE,
                    "--glob=!.git");

    private final Path program;
    private final Workspace workspace;
    private final ProcessRunner runner;
    private final ChildEnvironment environment;

    private Ripgrep(
            Path program, Workspace workspace, ProcessRunner runner, ChildEnvironment environment) {
        this.program = program;
        this.workspace = workspace;
        this.runner = runner;
        this.environment = environment;
    }

    /** Ripgrep, if the environment's {@code PATH} leads to it outside the workspace. */
    static Optional<SearchEngine> installed(
            Workspace workspace, ProcessRunner runner, ChildEnvironment environment) {
        for (var folder : environment.variables().getOrDefault("PATH", "").split(":", -1)) {
            var program = Path.of(folder).resolve("rg");
            if (program.isAbsolute()
                    && !program.normalize().startsWith(workspace.root())
                    && Files.isExecutable(program)) {
                return Optional.of(new Ripgrep(program, workspace, runner, environment));
            }
        }
        return Optional.empty();
    }

    @Override
    public String name() {
        return "ripgrep";
    }

    @Override
    public Found find(Query query, Deadline deadline) throws ToolException, InterruptedException {
        var spec =
                ProcessSpec.of(
                                command(query),
                                workspace.root(),
                                environment.with("LC_ALL", "C.UTF-8").variables())
                        .withLimits(
                                ProcessLimits.USUAL
                                        .withOutputBytes(OUTPUT_BYTES)
                                        .withTime(deadline.atMost(LONGEST).plusMillis(1)));
        var result = runner.run(spec, OutputListener.NONE);
        boolean late = checkEnding(result);
        return new Found(hits(result.stdout(), query), late || result.stdout().isCut());
    }

    private List<String> command(Query query) {
        var words = new ArrayList<String>();
        words.add(program.toString());
        words.addAll(OPTIONS);
        if (!query.regex()) {
            words.add("--fixed-strings");
        }
        if (query.ignoreCase()) {
            words.add("--ignore-case");
        }
        words.add("--regexp=" + query.text());
        words.add("--");
        words.add("./" + query.folder());
        return words;
    }

    /** Whether the time was up before all was searched. */
    private static boolean checkEnding(ProcessResult result) throws ToolException {
        return switch (result.ending()) {
            case Ending.Exited(var code) -> {
                boolean nothingFound = result.stdout().head().isEmpty();
                if (code > NO_HIT && nothingFound && !result.stderr().text().isBlank()) {
                    throw new ToolException(Kind.INVALID_ARGUMENTS, result.stderr().text().strip());
                }
                yield false;
            }
            case Ending.TimedOut _ -> true;
            case Ending.TooGreedy(var what) ->
                    throw new ToolException(Kind.TOO_LARGE, "the search used too much: " + what);
            case Ending.NotStarted(var reason) ->
                    throw new ToolException(Kind.UNAVAILABLE, "ripgrep did not start: " + reason);
        };
    }

    private List<Hit> hits(Output output, Query query) {
        var hits = new ArrayList<Hit>();
        var text = output.head();
        int from = 0;
        // What follows the last line end is a line that was cut.
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            hit(text.substring(from, end), query).ifPresent(hits::add);
            from = end + 1;
        }
        hits.sort(
                Comparator.comparing((Hit hit) -> hit.path().toString())
                        .thenComparingInt(Hit::line));
        return hits;
    }

    /** A line is a path, a NUL, and the numbers of line and column with colons. */
    private Optional<Hit> hit(String line, Query query) {
        int nul = line.indexOf('\0');
        int colon = line.indexOf(':', nul + 1);
        int end = line.indexOf(':', colon + 1);
        if (nul < 0 || colon < 0 || end < 0) {
            return Optional.empty();
        }
        try {
            var path = workspace.path(line.substring(0, nul));
            var hit =
                    new Hit(
                            path,
                            Integer.parseInt(line.substring(nul + 1, colon)),
                            Integer.parseInt(line.substring(colon + 1, end)));
            return Optional.of(hit)
                    .filter(each -> query.patterns().want(each.path()))
                    .filter(each -> workspace.mayRead(each.path()));
        } catch (WorkspaceException | NumberFormatException strange) {
            // A name with a line end in it, or the like.
            return Optional.empty();
        }
    }
}
