package io.lynkr.tool.git;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonString;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What stands at and around a line, to find it again after the file was changed.
 *
 * @param before the lines above, the nearest last
 * @param text of the line
 * @param after the lines below, the nearest first
 * @param commit that was checked out then
 */
record Anchor(List<String> before, String text, List<String> after, Optional<String> commit) {
    private static final int AROUND = 3;

    Anchor {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /**
     * Takes down a line.
     *
     * @param line from 1 to the number of lines
     */
    static Anchor at(List<String> lines, int line, Optional<String> commit) {
        return new Anchor(
                lines.subList(Math.max(0, line - 1 - AROUND), line - 1),
                lines.get(line - 1),
                lines.subList(line, Math.min(lines.size(), line + AROUND)),
                commit);
    }

    static Anchor of(JsonObject json) {
        return new Anchor(
                json.array("before").orElse(JsonArray.EMPTY).strings(),
                json.string("text").orElse(""),
                json.array("after").orElse(JsonArray.EMPTY).strings(),
                json.string("commit"));
    }

    JsonObject json() {
        return JsonObject.of("before", JsonArray.ofStrings(before))
                .with("text", text)
                .with("after", JsonArray.ofStrings(after))
                .withOptional("commit", commit.map(JsonString::of));
    }

    /** Where it is now. */
    record Found(int line, boolean edited) {}

    /**
     * Finds it: the same line in the most familiar surroundings, or else, if the line itself was
     * changed, the place between the same lines.
     *
     * @param near where it was; the nearer of two equals is taken
     */
    Optional<Found> find(List<String> lines, int near) {
        var same =
                best(
                        IntStream.rangeClosed(1, lines.size())
                                .filter(it -> lines.get(it - 1).strip().equals(text.strip()))
                                .filter(it -> !text.isBlank() || familiarity(lines, it) >= AROUND),
                        lines,
                        near);
        if (same.isPresent()) {
            return Optional.of(new Found(same.getAsInt(), false));
        }
        var between =
                best(
                        IntStream.rangeClosed(1, lines.size())
                                .filter(
                                        it ->
                                                isBetween(lines, it)
                                                        && familiarity(lines, it) >= AROUND),
                        lines,
                        near);
        return between.isPresent()
                ? Optional.of(new Found(between.getAsInt(), true))
                : Optional.empty();
    }

    private boolean isBetween(List<String> lines, int line) {
        boolean below =
                before.isEmpty() || (line > 1 && lines.get(line - 2).equals(before.getLast()));
        boolean above =
                after.isEmpty()
                        || (line < lines.size() && lines.get(line).equals(after.getFirst()));
        return below && above;
    }

    private OptionalInt best(IntStream candidates, List<String> lines, int near) {
        int best = 0;
        int bestScore = -1;
        for (int line : candidates.toArray()) {
            int score = familiarity(lines, line);
            boolean nearer = Math.abs(line - near) < Math.abs(best - near);
            if (score > bestScore || (score == bestScore && nearer)) {
                best = line;
                bestScore = score;
            }
        }
        return bestScore < 0 ? OptionalInt.empty() : OptionalInt.of(best);
    }

    /** How many of the lines around are where they were. */
    private int familiarity(List<String> lines, int line) {
        int score = 0;
        for (int i = 0; i < before.size(); i++) {
            int at = line - 1 - before.size() + i;
            score += at >= 0 && lines.get(at).equals(before.get(i)) ? 1 : 0;
        }
        for (int i = 0; i < after.size(); i++) {
            int at = line + i;
            score += at < lines.size() && lines.get(at).equals(after.get(i)) ? 1 : 0;
        }
        return score;
    }
}
