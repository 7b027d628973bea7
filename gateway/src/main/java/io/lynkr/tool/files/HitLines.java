package io.lynkr.tool.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.json.JsonObject;
import io.lynkr.workspace.TextFile;
import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;
import io.lynkr.workspace.WorkspacePath;

import java.util.List;
import java.util.Optional;

/** Gives hits their text, which is read from the workspace as any file is. Used by one thread. */
final class HitLines {
    private static final int MOST_CHARACTERS = 400;
    private static final int BEFORE_MATCH = 100;

    private final Workspace workspace;
    private WorkspacePath path = WorkspacePath.ROOT;
    private List<String> lines = List.of();

    HitLines(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Empty if the file or the line is no longer there, or may not be read. */
    Optional<JsonObject> json(SearchEngine.Hit hit) {
        if (!hit.path().equals(path)) {
            path = hit.path();
            lines = read(path);
        }
        if (hit.line() > lines.size()) {
            return Optional.empty();
        }
        var line = lines.get(hit.line() - 1);
        int column = inCharacters(line, hit.column());
        return Optional.of(
                JsonObject.of("path", path.toString())
                        .with("line", hit.line())
                        .with("column", column)
                        .with("match", shown(line, column - 1)));
    }

    private List<String> read(WorkspacePath file) {
        try {
            return TextFile.decode(workspace.read(file))
                    .map(text -> List.of(text.text().split("\n", -1)))
                    .orElse(List.of());
        } catch (WorkspaceException goneOrRefused) {
            return List.of();
        }
    }

    private static int inCharacters(String line, int column) {
        var bytes = line.getBytes(UTF_8);
        return new String(bytes, 0, Math.min(column - 1, bytes.length), UTF_8).length() + 1;
    }

    /** A long line, such as a program in one line, is shown around the match. */
    private static String shown(String line, int match) {
        var plain = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        if (plain.length() <= MOST_CHARACTERS) {
            return plain;
        }
        int from = Math.clamp(match - BEFORE_MATCH, 0, plain.length() - MOST_CHARACTERS);
        int to = from + MOST_CHARACTERS;
        return (from > 0 ? "…" : "") + plain.substring(from, to) + (to < plain.length() ? "…" : "");
    }
}
