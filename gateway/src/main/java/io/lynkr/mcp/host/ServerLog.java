package io.lynkr.mcp.host;

import io.lynkr.observability.Redactor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/**
 * The last lines that a server wrote to its standard error, and what became of it, in memory and in
 * a file for {@code lynkr mcp logs}. A server that floods costs no more than the lines that are
 * kept. Its secrets are masked. Guarded by itself.
 */
final class ServerLog {
    private static final int MOST_CHARACTERS = 64 * 1024;
    private static final int LONGEST_LINE = 4_096;

    private final Path file;
    private final Redactor secrets;
    private final Deque<String> lines = new ArrayDeque<>();
    private int characters;
    private boolean unsaved;

    /**
     * @param secrets values that must not be seen: of variables and headers
     */
    ServerLog(Path file, Collection<String> secrets) {
        this.file = file;
        this.secrets = new Redactor(secrets);
        if (Files.isRegularFile(file)) {
            load();
        }
    }

    private void load() {
        try {
            Files.readString(file).lines().forEach(this::keep);
        } catch (IOException unreadable) {
            // then it begins anew
        }
    }

    synchronized void add(String line) {
        var cut = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line;
        keep(secrets.redact(cut));
        unsaved = true;
    }

    private void keep(String line) {
        lines.addLast(line);
        characters += line.length() + 1;
        while (characters > MOST_CHARACTERS) {
            characters -= lines.removeFirst().length() + 1;
        }
    }

    /** The last of them, joined by line feeds. */
    synchronized String tail(int count) {
        var all = lines.stream().skip(Math.max(0, lines.size() - count)).toList();
        return String.join("\n", all);
    }

    /** Writes the file, if there is something new. */
    synchronized void save() {
        if (!unsaved) {
            return;
        }
        try {
            PrivateFiles.makeFolderOf(file);
            var text = String.join("\n", lines) + "\n";
            PrivateFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
            unsaved = false;
        } catch (IOException noRoom) {
            // it stays in memory, and is tried again
        }
    }
}
