package io.lynkr.index;

import io.lynkr.workspace.TextFile;
import io.lynkr.workspace.Workspace;
import io.lynkr.workspace.WorkspaceException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lines of files as they are now, for one answer. */
final class Lines {
    private static final int LONGEST = 160;

    private final Workspace workspace;
    private final Map<String, List<String>> read = new HashMap<>();

    Lines(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Without blanks around it; empty if there is no such line any more. */
    String text(String path, int line) {
        var lines = read.computeIfAbsent(path, this::lines);
        if (line < 1 || line > lines.size()) {
            return "";
        }
        var text = lines.get(line - 1).strip();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    /** With blanks, and in full. */
    String raw(String path, int line) {
        var lines = read.computeIfAbsent(path, this::lines);
        return line < 1 || line > lines.size() ? "" : lines.get(line - 1);
    }

    private List<String> lines(String path) {
        try {
            return TextFile.decode(workspace.read(workspace.path(path)))
                    .map(text -> List.of(text.text().split("\n", -1)))
                    .orElse(List.of());
        } catch (WorkspaceException gone) {
            return List.of();
        }
    }
}
