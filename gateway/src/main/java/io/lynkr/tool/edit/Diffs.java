package io.lynkr.tool.edit;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;

import io.lynkr.workspace.TextFile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Shows what changed between two contents of a file. */
final class Diffs {
    private static final int CONTEXT = 3;

    /** Comparing takes time with the product of both sizes if all is different. */
    private static final int MOST_LINES = 10_000;

    private static final int MOST_CHARACTERS = 50_000;

    private Diffs() {}

    /** A unified diff, or a sentence in brackets where none can be shown. */
    static String of(String path, Optional<byte[]> before, Optional<byte[]> after) {
        var oldText =
                before.isEmpty() ? Optional.of(TextFile.EMPTY) : TextFile.decode(before.get());
        var newText = after.isEmpty() ? Optional.of(TextFile.EMPTY) : TextFile.decode(after.get());
        if (oldText.isEmpty() || newText.isEmpty()) {
            return "[binary: %,d bytes before, %,d after]".formatted(size(before), size(after));
        }
        var oldLines = lines(oldText.get());
        var newLines = lines(newText.get());
        if (oldLines.size() + newLines.size() > MOST_LINES) {
            return "[too long to compare: %,d lines before, %,d after]"
                    .formatted(oldLines.size(), newLines.size());
        }
        var diff = diff(path, before.isPresent(), after.isPresent(), oldLines, newLines);
        return diff.length() <= MOST_CHARACTERS
                ? diff
                : diff.substring(0, MOST_CHARACTERS) + "\n[the rest of the diff is left out]";
    }

    private static int size(Optional<byte[]> bytes) {
        return bytes.map(content -> content.length).orElse(0);
    }

    private static List<String> lines(TextFile file) {
        var text = file.textAsWritten();
        if (text.isEmpty()) {
            return List.of();
        }
        var lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        if (lines.getLast().isEmpty()) {
            lines.removeLast();
        } else {
            lines.add(lines.removeLast() + "\n\\ No newline at end of file");
        }
        return lines;
    }

    private static String diff(
            String path,
            boolean existed,
            boolean exists,
            List<String> oldLines,
            List<String> newLines) {
        var diff =
                UnifiedDiffUtils.generateUnifiedDiff(
                        existed ? "a/" + path : "/dev/null",
                        exists ? "b/" + path : "/dev/null",
                        oldLines,
                        DiffUtils.diff(oldLines, newLines),
                        CONTEXT);
        return diff.isEmpty() ? "" : String.join("\n", diff) + "\n";
    }
}
