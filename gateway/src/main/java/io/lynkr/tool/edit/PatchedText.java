package io.lynkr.tool.edit;

import io.lynkr.workspace.TextFile;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Applies a patch to a text. All hunks fit or nothing is changed: what a hunk expects must be there
 * word for word, at its line or at one single place nearby.
 */
final class PatchedText {
    /** How far from its line a hunk may be, in lines. */
    private static final int NEARBY = 200;

    private static final int SHOWN = 120;

    /** Each with its end, if it has one. */
    private final List<String> lines;

    /** Of {@link #lines}, how many have been dealt with. */
    private int done;

    /** How far below its line the last hunk was. */
    private int shift;

    private final List<String> result = new ArrayList<>();

    private PatchedText(String text) {
        this.lines = split(text);
    }

    /**
     * The text of the patched file, with line ends as they are to be written.
     *
     * @throws PatchException saying which hunk does not fit, and what was found instead
     */
    static String of(TextFile file, Patch patch) throws PatchException {
        var text = file.textAsWritten();
        boolean patchHasReturns =
                patch.hunks().stream()
                        .flatMap(hunk -> hunk.lines().stream())
                        .anyMatch(line -> line.text().endsWith("\r\n"));
        var plain = new ArrayList<Hunk>();
        for (var hunk : patch.hunks()) {
            plain.add(hunk.map(line -> line.startsWith("\uFEFF") ? line.substring(1) : line));
        }
        boolean windows = file.ends() == TextFile.LineEnds.WINDOWS;
        if (windows && !patchHasReturns) {
            return new PatchedText(text).apply(withReturns(plain));
        }
        try {
            return new PatchedText(text).apply(plain);
        } catch (PatchException strict) {
            if (windows || !patchHasReturns) {
                throw strict;
            }
            return new PatchedText(text).apply(withoutReturns(plain));
        }
    }

    private static List<Hunk> withReturns(List<Hunk> hunks) {
        return hunks.stream()
                .map(
                        hunk ->
                                hunk.map(
                                        line ->
                                                line.endsWith("\n")
                                                        ? line.substring(0, line.length() - 1)
                                                                + "\r\n"
                                                        : line))
                .toList();
    }

    private static List<Hunk> withoutReturns(List<Hunk> hunks) {
        return hunks.stream().map(hunk -> hunk.map(line -> line.replace("\r\n", "\n"))).toList();
    }

    private static List<String> split(String text) {
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

    private String apply(List<Hunk> hunks) throws PatchException {
        int number = 1;
        for (var hunk : hunks) {
            apply(hunk, number++);
        }
        result.addAll(lines.subList(done, lines.size()));
        return joined();
    }

    private void apply(Hunk hunk, int number) throws PatchException {
        int at = place(hunk, number);
        result.addAll(lines.subList(done, at));
        int old = at;
        for (var line : hunk.lines()) {
            switch (line.kind()) {
                case KEPT -> result.add(lines.get(old++));
                case REMOVED -> old++;
                case ADDED -> result.add(line.text());
            }
        }
        done = old;
        if (hunk.start().isPresent()) {
            shift = at - stated(hunk);
        }
    }

    /** The index where the hunk's lines begin, by what the patch says. */
    private static int stated(Hunk hunk) {
        int start = hunk.start().orElse(1);
        // An insertion names the line after which it goes.
        return hunk.old().isEmpty() ? start : Math.max(0, start - 1);
    }

    private int place(Hunk hunk, int number) throws PatchException {
        var old = hunk.old();
        if (old.isEmpty()) {
            return placeOfInsertion(hunk, number);
        }
        int stated = stated(hunk) + shift;
        if (hunk.start().isPresent() && fits(old, stated)) {
            return stated;
        }
        int from = hunk.start().isPresent() ? Math.max(done, stated - NEARBY) : done;
        int to = hunk.start().isPresent() ? Math.min(lines.size(), stated + NEARBY) : lines.size();
        var found = OptionalInt.empty();
        for (int at = from; at <= to; at++) {
            if (fits(old, at)) {
                if (found.isPresent()) {
                    throw new PatchException(
                            "%s fits at lines %d and %d, but not where it says; correct its line"
                                            .formatted(
                                                    name(hunk, number),
                                                    found.getAsInt() + 1,
                                                    at + 1)
                                    + " number or give it more lines of context");
                }
                found = OptionalInt.of(at);
            }
        }
        if (found.isEmpty()) {
            throw misfit(hunk, number, Math.max(done, stated));
        }
        return found.getAsInt();
    }

    private int placeOfInsertion(Hunk hunk, int number) throws PatchException {
        if (hunk.start().isEmpty() && !lines.isEmpty()) {
            throw new PatchException(
                    name(hunk, number)
                            + " says neither a line number nor what stands around the new lines");
        }
        int at = stated(hunk) + shift;
        if (hunk.start().isEmpty() || (lines.isEmpty() && at == 1)) {
            return 0;
        }
        if (at < done || at > lines.size()) {
            throw new PatchException(
                    "%s inserts after line %d, but the file has %d lines"
                            .formatted(name(hunk, number), at, lines.size()));
        }
        return at;
    }

    private boolean fits(List<String> old, int at) {
        if (at < done || at + old.size() > lines.size()) {
            return false;
        }
        for (int i = 0; i < old.size(); i++) {
            if (!isSame(old.get(i), at + i)) {
                return false;
            }
        }
        return true;
    }

    /** Models leave out that a file's last line has no end; nothing else is forgiven. */
    private boolean isSame(String expected, int at) {
        var found = lines.get(at);
        return found.equals(expected)
                || (at == lines.size() - 1 && withoutEnd(found).equals(withoutEnd(expected)));
    }

    private static String withoutEnd(String line) {
        if (!line.endsWith("\n")) {
            return line;
        }
        return line.substring(0, line.length() - (line.endsWith("\r\n") ? 2 : 1));
    }

    private PatchException misfit(Hunk hunk, int number, int at) {
        var old = hunk.old();
        for (int i = 0; i < old.size(); i++) {
            if (at + i >= lines.size()) {
                return new PatchException(
                        "%s does not fit: it expects %s at line %d, but the file has %d lines"
                                .formatted(
                                        name(hunk, number),
                                        quoted(old.get(i)),
                                        at + i + 1,
                                        lines.size()));
            }
            if (!isSame(old.get(i), at + i)) {
                return new PatchException(
                        "%s does not fit: at line %d it expects %s, but found %s"
                                .formatted(
                                        name(hunk, number),
                                        at + i + 1,
                                        quoted(old.get(i)),
                                        quoted(lines.get(at + i))));
            }
        }
        return new PatchException(
                name(hunk, number) + " overlaps the one before it, or is in the wrong order");
    }

    private static String name(Hunk hunk, int number) {
        var header = hunk.header();
        int end = header.indexOf("@@", 2);
        return "hunk " + number + " (" + (end < 0 ? header : header.substring(0, end + 2)) + ")";
    }

    private static String quoted(String line) {
        var text = withoutEnd(line);
        return "`" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text) + "`";
    }

    /** A line that has no end gets one if another follows. */
    private String joined() {
        var text = new StringBuilder();
        var end = lines.isEmpty() || !lines.getFirst().endsWith("\r\n") ? "\n" : "\r\n";
        for (int i = 0; i < result.size(); i++) {
            text.append(result.get(i));
            if (i < result.size() - 1 && !result.get(i).endsWith("\n")) {
                text.append(end);
            }
        }
        return text.toString();
    }
}
