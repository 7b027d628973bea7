package io.lynkr.workspace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The processes of this machine, from {@code /proc}; empty where there is none. */
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");

    /**
     * One process.
     *
     * @param started in ticks since the machine started; with the pid it names one process for ever
     * @param pages resident
     */
    record Row(
            long pid, long parent, long group, long session, char state, long started, long pages) {
        boolean isDead() {
            return state == 'Z' || state == 'X';
        }

        Id id() {
            return new Id(pid, started);
        }
    }

    /** A process that cannot be mistaken for a later one with its pid. */
    record Id(long pid, long started) {}

    private ProcessTable() {}

    static List<Row> rows() {
        var rows = new ArrayList<Row>();
        try (var folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (var folder : folders) {
                row(folder).ifPresent(rows::add);
            }
        } catch (IOException | DirectoryIteratorException notLinux) {
            return List.of();
        }
        return rows;
    }

    private static Optional<Row> row(Path folder) {
        try {
            var stat = Files.readString(folder.resolve("stat"), ISO_8859_1);
            // The program's name is in parentheses and may hold anything, more of them included.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1);
            return Optional.of(
                    new Row(
                            Long.parseLong(folder.getFileName().toString()),
                            Long.parseLong(fields[1]),
                            Long.parseLong(fields[2]),
                            Long.parseLong(fields[3]),
                            fields[0].charAt(0),
                            Long.parseLong(fields[19]),
                            Long.parseLong(fields[21])));
        } catch (IOException | RuntimeException gone) {
            return Optional.empty();
        }
    }

    /** Whether the process was started with this {@code NAME=value} in its environment. */
    static boolean hasVariable(long pid, String variable) {
        try {
            var environment =
                    Files.readString(
                            PROC.resolve(Long.toString(pid)).resolve("environ"), ISO_8859_1);
            return ("\0" + environment).contains("\0" + variable + "\0");
        } catch (IOException goneOrNotOurs) {
            return false;
        }
    }
}
