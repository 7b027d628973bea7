package io.lynkr.config;

import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import io.github.cdimascio.dotenv.internal.DotenvParser;
import io.github.cdimascio.dotenv.internal.DotenvReader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables of a {@code .env} file: {@code NAME=value}, {@code #} for comments, quotes around
 * values with blanks or {@code #}. The only class that knows the dotenv library.
 *
 * @param values by name; of a name that is there twice, the last
 * @param problems lines that cannot be read, by number; their text may be a secret, so it is not
 *     shown
 */
public record DotEnv(Map<String, String> values, List<ConfigProblem> problems) {
    /** No file, or an empty one. */
    public static final DotEnv NONE = new DotEnv(Map.of(), List.of());

    public DotEnv {
        values = Map.copyOf(values);
        problems = List.copyOf(problems);
    }

    /** Reads {@code .env} in a folder, if it is there. */
    public static DotEnv in(Path folder) {
        var file = folder.resolve(".env");
        if (!Files.isRegularFile(file)) {
            return NONE;
        }
        try {
            return parse(Files.readAllLines(file));
        } catch (IOException unreadable) {
            var problem =
                    new ConfigProblem(
                            ".env",
                            "the file cannot be read (" + unreadable.getMessage() + ")",
                            "Make it a readable UTF-8 text, or remove it");
            return new DotEnv(Map.of(), List.of(problem));
        }
    }

    /** Reads the lines of such a file. */
    static DotEnv parse(List<String> lines) {
        var clean = lines.stream().map(DotEnv::withoutExport).toList();
        var values = new LinkedHashMap<String, String>();
        var problems = new ArrayList<ConfigProblem>();
        int next = 0;
        while (next < clean.size()) {
            switch (entryAt(clean, next)) {
                case Blank() -> next++;
                case Entry(var name, var value, var end) -> {
                    values.put(name, value);
                    next = end;
                }
                case Malformed() -> {
                    next++;
                    problems.add(malformed(next));
                }
            }
        }
        return new DotEnv(values, problems);
    }

    private sealed interface Line {}

    private record Blank() implements Line {}

    /**
     * @param end the line after the value, which may span several
     */
    private record Entry(String name, String value, int end) implements Line {}

    private record Malformed() implements Line {}

    /**
     * Reads one entry by itself. The library drops a quote that is never closed without a word, and
     * tells a malformed line by its text only; so lines are added until an entry is complete.
     */
    private static Line entryAt(List<String> lines, int start) {
        if (isBlank(lines.get(start))) {
            return new Blank();
        }
        for (int end = start + 1; end <= lines.size(); end++) {
            try {
                var entries =
                        new DotenvParser(new Lines(lines.subList(start, end)), true, true).parse();
                if (!entries.isEmpty()) {
                    return entry(entries.getFirst(), end);
                }
            } catch (DotenvException malformed) {
                return new Malformed();
            }
        }
        return new Malformed();
    }

    /** The library takes double quotes off a value, but leaves single ones on. */
    private static Line entry(DotenvEntry entry, int end) {
        var value = entry.getValue();
        if (!value.startsWith("'")) {
            return new Entry(entry.getKey(), value, end);
        }
        boolean closed = value.length() > 1 && value.endsWith("'");
        return closed
                ? new Entry(entry.getKey(), value.substring(1, value.length() - 1), end)
                : new Malformed();
    }

    private static boolean isBlank(String line) {
        return line.isEmpty() || line.startsWith("#");
    }

    /** Shells need the word, so people keep files that have it. */
    private static String withoutExport(String line) {
        var stripped = line.strip();
        var start = stripped.startsWith("\uFEFF") ? stripped.substring(1).strip() : stripped;
        return start.startsWith("export ") ? start.substring("export ".length()).strip() : start;
    }

    private static ConfigProblem malformed(int number) {
        return new ConfigProblem(
                ".env line " + number,
                "this is not NAME=value, or a quote is not closed",
                "Write NAME=value with quotes around a value that has # in it, or start the line"
                        + " with # to leave it out");
    }

    /** Hands lines to the library, which otherwise wants to open the file itself. */
    private static final class Lines extends DotenvReader {
        private final List<String> lines;

        Lines(List<String> lines) {
            super("", "");
            this.lines = lines;
        }

        @Override
        public List<String> read() {
            return lines;
        }
    }
}
