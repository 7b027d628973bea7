package io.lynkr.tool.edit;

import io.lynkr.tool.edit.Hunk.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A unified diff of one file, as diff, git and models write it. The counts in a hunk's header only
 * tell where its lines end: models miscount, and the lines themselves are compared strictly.
 *
 * @param path the file that it names, if it does
 * @param makes whether it makes the file
 * @param deletes whether it deletes the file
 */
record Patch(Optional<String> path, boolean makes, boolean deletes, List<Hunk> hunks) {
    private static final String NOWHERE = "/dev/null";
    private static final Pattern HEADER =
            Pattern.compile("@@ -(\\d{1,9})(?:,(\\d{1,9}))? \\+\\d{1,9}(?:,(\\d{1,9}))? @@.*");

    Patch {
        hunks = List.copyOf(hunks);
    }

    /**
     * Reads a patch.
     *
     * @throws PatchException saying what is wrong with it
     */
    static Patch parse(String text) throws PatchException {
        return new Parser(text).parse();
    }

    /** Reads line by line. Used once. */
    private static final class Parser {
        private final List<String> lines = new ArrayList<>();
        private final List<Hunk> hunks = new ArrayList<>();
        private Optional<String> oldPath = Optional.empty();
        private Optional<String> newPath = Optional.empty();
        private boolean makes;
        private boolean deletes;
        private int next;

        Parser(String text) {
            int from = 0;
            while (from < text.length()) {
                int end = text.indexOf('\n', from);
                int to = end < 0 ? text.length() : end;
                lines.add(text.substring(from, to));
                from = to + 1;
            }
            boolean windows = lines.stream().filter(line -> !line.isEmpty()).allMatch(Parser::cr);
            if (windows) {
                // The patch itself was written on Windows; this says nothing about the file.
                lines.replaceAll(line -> cr(line) ? line.substring(0, line.length() - 1) : line);
            }
        }

        private static boolean cr(String line) {
            return line.endsWith("\r");
        }

        Patch parse() throws PatchException {
            while (next < lines.size()) {
                var line = lines.get(next++);
                if (line.startsWith("@@")) {
                    hunk(line.stripTrailing());
                } else {
                    head(line.stripTrailing());
                }
            }
            if (hunks.isEmpty() && !makes && !deletes) {
                throw new PatchException(
                        "the patch has no hunk: a line such as '@@ -1,3 +1,4 @@' and, below it,"
                                + " lines that begin with ' ', '-' or '+'");
            }
            return new Patch(newPath.or(() -> oldPath), makes, deletes, hunks);
        }

        private void head(String line) throws PatchException {
            if (line.startsWith("--- ")) {
                checkOneFile();
                oldPath = path(line.substring(4), "a/");
                makes |= line.startsWith("--- " + NOWHERE);
            } else if (line.startsWith("+++ ")) {
                newPath = path(line.substring(4), "b/");
                deletes |= line.startsWith("+++ " + NOWHERE);
            } else if (line.startsWith("diff --git ")) {
                checkOneFile();
            } else if (line.startsWith("new file mode ")) {
                makes = true;
            } else if (line.startsWith("deleted file mode ")) {
                deletes = true;
            } else if (line.startsWith("rename ") || line.startsWith("copy ")) {
                throw new PatchException("a patch cannot rename or copy files here");
            } else if (line.startsWith("GIT binary patch") || line.startsWith("Binary files ")) {
                throw new PatchException("a patch cannot change binary files here");
            }
        }

        private void checkOneFile() throws PatchException {
            if (!hunks.isEmpty()) {
                throw new PatchException(
                        "the patch is for more than one file; make one call for each");
            }
        }

        /** Without what git puts before it, and without what diff puts behind it. */
        private static Optional<String> path(String given, String prefix) {
            var name = given.split("\t", 2)[0].strip();
            if (name.equals(NOWHERE) || name.isEmpty() || name.startsWith("\"")) {
                return Optional.empty();
            }
            return Optional.of(name.startsWith(prefix) ? name.substring(2) : name);
        }

        private void hunk(String header) throws PatchException {
            var numbers = HEADER.matcher(header);
            boolean numbered = numbers.matches();
            if (!numbered && header.startsWith("@@ -")) {
                throw new PatchException(
                        "hunk %d has the header '%s', which should look like '@@ -1,3 +1,4 @@'"
                                .formatted(hunks.size() + 1, header));
            }
            int oldLeft = numbered ? count(numbers, 2) : Integer.MAX_VALUE;
            int newLeft = numbered ? count(numbers, 3) : Integer.MAX_VALUE;
            var found = new ArrayList<Hunk.Line>();
            while (next < lines.size() && isBody(lines.get(next), oldLeft <= 0 && newLeft <= 0)) {
                var line = lines.get(next++);
                if (line.startsWith("\\")) {
                    withoutEnd(found);
                    continue;
                }
                var kind = kind(line);
                oldLeft -= kind == Kind.ADDED ? 0 : 1;
                newLeft -= kind == Kind.REMOVED ? 0 : 1;
                found.add(new Hunk.Line(kind, (line.isEmpty() ? "" : line.substring(1)) + "\n"));
            }
            dropBlanksAtEnd(found, oldLeft, newLeft);
            if (found.isEmpty()) {
                throw new PatchException("hunk " + (hunks.size() + 1) + " has no lines");
            }
            Optional<Integer> start =
                    numbered ? Optional.of(Integer.valueOf(numbers.group(1))) : Optional.empty();
            hunks.add(new Hunk(header, start, found));
        }

        private static int count(Matcher numbers, int group) {
            var count = numbers.group(group);
            return count == null ? 1 : Integer.parseInt(count);
        }

        /** A line that goes on although the hunk has all its lines shows that it was miscounted. */
        private static boolean isBody(String line, boolean complete) {
            if (line.startsWith("@@") || line.startsWith("diff --git ")) {
                return false;
            }
            if (complete) {
                boolean another = line.startsWith("--- ") || line.startsWith("-- ");
                return !another && !line.isEmpty() && " +-\\".indexOf(line.charAt(0)) >= 0;
            }
            // Editors and models take the blank off an empty line.
            return line.isEmpty() || " +-\\\r".indexOf(line.charAt(0)) >= 0;
        }

        private static Kind kind(String line) {
            return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
                case '+' -> Kind.ADDED;
                case '-' -> Kind.REMOVED;
                default -> Kind.KEPT;
            };
        }

        private static void withoutEnd(List<Hunk.Line> lines) {
            if (!lines.isEmpty()) {
                var last = lines.removeLast();
                var text = last.text();
                lines.add(
                        new Hunk.Line(
                                last.kind(),
                                text.endsWith("\n") ? text.substring(0, text.length() - 1) : text));
            }
        }

        /** Empty lines behind a hunk that says too many lines are most likely not part of it. */
        private void dropBlanksAtEnd(List<Hunk.Line> found, int oldLeft, int newLeft) {
            boolean miscounted = oldLeft > 0 || newLeft > 0;
            while (miscounted
                    && !found.isEmpty()
                    && found.getLast().equals(new Hunk.Line(Kind.KEPT, "\n"))
                    && lines.get(next - 1).isEmpty()) {
                found.removeLast();
                next--;
            }
            while (next < lines.size() && lines.get(next).isEmpty()) {
                next++;
            }
        }
    }
}
