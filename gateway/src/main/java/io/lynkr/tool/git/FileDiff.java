package io.lynkr.tool.git;

import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What changed in one file.
 *
 * @param from its former name, if it was renamed or copied
 * @param status A, C, D, M, R, T or U
 * @param additions lines; 0 if it is binary
 * @param patch as git prints it, or nothing if it was not asked for
 * @param cut whether the patch lacks its middle, because it is too large
 */
record FileDiff(
        String file,
        Optional<String> from,
        char status,
        long additions,
        long deletions,
        boolean binary,
        String patch,
        boolean cut) {
    private static final Pattern HUNK =
            Pattern.compile("@@ -\\d+(?:,\\d+)? \\+(\\d+)(?:,\\d+)? @@");

    /** A line that is new, with its number in the new file. */
    record AddedLine(long number, String text) {}

    FileDiff withPatch(String text, boolean isCut) {
        return new FileDiff(file, from, status, additions, deletions, binary, text, isCut);
    }

    FileDiff withCounts(long added, long deleted, boolean isBinary) {
        return new FileDiff(file, from, status, added, deleted, isBinary, patch, cut);
    }

    Stream<String> names() {
        return Stream.concat(Stream.of(file), from.stream());
    }

    JsonObject json() {
        return JsonObject.of("file", file)
                .withOptional("from", from.map(JsonString::of))
                .with("status", String.valueOf(status))
                .with("additions", additions)
                .with("deletions", deletions)
                .with("binary", binary);
    }

    /** All lines that the patch adds. */
    List<AddedLine> added() {
        var lines = new ArrayList<AddedLine>();
        long number = 0;
        for (var line : patch.split("\n", -1)) {
            var hunk = HUNK.matcher(line);
            if (hunk.lookingAt()) {
                number = Long.parseLong(hunk.group(1));
            } else if (number > 0 && line.startsWith("+")) {
                lines.add(new AddedLine(number++, line.substring(1)));
            } else if (number > 0 && line.startsWith(" ")) {
                number++;
            } else if (line.startsWith("diff --")) {
                number = 0;
            }
        }
        return lines;
    }
}
