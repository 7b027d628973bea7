package io.lynkr.tool.files;

import io.lynkr.json.JsonObject;
import io.lynkr.tool.ToolException;
import io.lynkr.tool.ToolException.Kind;
import io.lynkr.tool.ToolResult;
import io.lynkr.workspace.WorkspacePath;

import java.util.ArrayList;
import java.util.List;

/**
 * Some lines of a text.
 *
 * @param offset the first line, from 1
 * @param limit how many lines at most
 * @param numbered whether each line begins with its number
 */
record Page(String text, long offset, long limit, boolean numbered) {
    /** Less than the runner lets through, which would cut the middle out. */
    static final int MOST_CHARACTERS = 90_000;

    ToolResult result(WorkspacePath path) throws ToolException {
        var lines = lines();
        if (lines.isEmpty()) {
            return ToolResult.text("[" + path + " is empty]");
        }
        if (offset > lines.size()) {
            throw new ToolException(
                    Kind.INVALID_ARGUMENTS,
                    "'%s' has %,d lines, so none is at offset %,d"
                            .formatted(path, lines.size(), offset));
        }
        int from = (int) offset - 1;
        int to = (int) Math.min(lines.size(), from + limit);
        var shown = new StringBuilder();
        int next = from;
        while (next < to && fits(shown, lines.get(next))) {
            append(shown, next + 1, lines.get(next));
            next++;
        }
        var blocks = new ArrayList<JsonObject>();
        if (next == from) {
            return longLine(lines.get(from));
        }
        blocks.add(ToolResult.block(shown.toString()));
        if (next < lines.size()) {
            blocks.add(
                    ToolResult.block(
                            "[lines %d to %d of %d; go on with offset %d]"
                                    .formatted(from + 1, next, lines.size(), next + 1)));
        }
        return new ToolResult.Done(blocks);
    }

    private ToolResult longLine(String line) {
        var start = line.substring(0, MOST_CHARACTERS);
        return new ToolResult.Done(
                List.of(
                        ToolResult.block(start),
                        ToolResult.block(
                                "[line %d has %,d characters, of which these are the first %,d; go on"
                                                .formatted(offset, line.length(), MOST_CHARACTERS)
                                        + " with offset "
                                        + (offset + 1)
                                        + "]")));
    }

    private boolean fits(StringBuilder shown, String line) {
        return shown.length() + line.length() + (numbered ? 10 : 0) <= MOST_CHARACTERS;
    }

    private void append(StringBuilder shown, int number, String line) {
        if (numbered) {
            shown.append("%6d\t".formatted(number));
        }
        shown.append(line);
    }

    /** Each with its end. */
    private List<String> lines() {
        var lines = new ArrayList<String>();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int next = end < 0 ? text.length() : end + 1;
            lines.add(text.substring(from, next));
            from = next;
        }
        return lines;
    }
}
