package io.lynkr.tool.edit;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One place that a patch changes.
 *
 * @param header as it was written
 * @param start the first old line's number, from 1, or the line after which to insert; empty if the
 *     patch does not say
 * @param lines in order, each with its end, if it has one
 */
record Hunk(String header, Optional<Integer> start, List<Line> lines) {

    /** What happens to a line. */
    enum Kind {
        KEPT,
        REMOVED,
        ADDED
    }

    record Line(Kind kind, String text) {}

    Hunk {
        lines = List.copyOf(lines);
    }

    /** What it expects to find. */
    List<String> old() {
        return lines.stream().filter(line -> line.kind() != Kind.ADDED).map(Line::text).toList();
    }

    /** The same with other texts. */
    Hunk map(UnaryOperator<String> change) {
        return new Hunk(
                header,
                start,
                lines.stream()
                        .map(line -> new Line(line.kind(), change.apply(line.text())))
                        .toList());
    }
}
