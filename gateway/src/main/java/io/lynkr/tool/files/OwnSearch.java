package io.lynkr.tool.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import io.lynkr.resilience.Deadline;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.tool.paths.CallPaths;
import io.lynkr.workspace.FileEntry;
import io.lynkr.workspace.Listing;
import io.lynkr.workspace.TextFile;
import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Searches by itself, where ripgrep is not installed. */
final class OwnSearch implements SearchEngine {
    private static final int MOST_HITS = 10_000;

    private final Workspace workspace;

    OwnSearch(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public String name() {
        return "fallback";
    }

    @Override
    public Found find(Query query, Deadline deadline) throws ToolException, InterruptedException {
        var pattern = compile(query);
        try {
            var listing = listing(query);
            var hits = new ArrayList<Hit>();
            for (var entry : listing.entries()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (deadline.isOver() || hits.size() >= MOST_HITS) {
                    return new Found(hits, true);
                }
                if (isSearched(entry, query)) {
                    search(entry, pattern, hits);
                }
            }
            return new Found(hits, listing.cut());
        } catch (WorkspaceException e) {
            throw CallPaths.failure(e);
        }
    }

    private Listing listing(Query query) throws WorkspaceException {
        var found = workspace.find(query.folder());
        return found.isPresent() && found.get().kind() == FileEntry.Kind.FILE
                ? new Listing(List.of(found.get()), false)
                : workspace.list(query.folder(), Listing.Request.ALL);
    }

    private static Pattern compile(Query query) throws ToolException {
        try {
            return Pattern.compile(
                    query.regex() ? query.text() : Pattern.quote(query.text()),
                    query.ignoreCase() ? Pattern.CASE_INSENSITIVE : 0);
        } catch (PatternSyntaxException e) {
            throw new ToolException(
                    Kind.INVALID_ARGUMENTS,
                    "no good regular expression: %s in %s"
                            .formatted(e.getDescription(), query.text()));
        }
    }

    private boolean isSearched(FileEntry entry, Query query) {
        return entry.kind() == FileEntry.Kind.FILE
                && entry.size() <= LARGEST_FILE
                && query.patterns().want(entry.path())
                && workspace.mayRead(entry.path());
    }

    private void search(FileEntry entry, Pattern pattern, List<Hit> hits) {
        var text = textOf(entry);
        if (text.isEmpty()) {
            return;
        }
        var lines = text.get().split("\n", -1);
        for (int i = 0; i < lines.length && hits.size() < MOST_HITS; i++) {
            var line =
                    lines[i].endsWith("\r")
                            ? lines[i].substring(0, lines[i].length() - 1)
                            : lines[i];
            var matcher = pattern.matcher(line);
            if (matcher.find()) {
                int column = line.substring(0, matcher.start()).getBytes(UTF_8).length + 1;
                hits.add(new Hit(entry.path(), i + 1, column));
            }
        }
    }

    private Optional<String> textOf(FileEntry entry) {
        try {
            return TextFile.decode(workspace.read(entry.path())).map(TextFile::text);
        } catch (WorkspaceException goneOrUnreadable) {
            return Optional.empty();
        }
    }
}
