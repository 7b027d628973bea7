package io.lynkr.tool.git;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts a large diff into pieces that a model bears: between files, or else between hunks. */
final class DiffChunks {
    private static final Pattern HUNK = Pattern.compile("(?m)^(?=@@ )");

    private DiffChunks() {}

    /**
     * A piece.
     *
     * @param files that it has something of
     */
    record Chunk(List<String> files, String diff) {
        Chunk {
            files = List.copyOf(files);
        }
    }

    /**
     * Cuts; no character is lost, and each piece of a file begins with its head.
     *
     * @param most characters of a piece; a single hunk may be longer
     */
    static List<Chunk> of(List<FileDiff> files, int most) {
        var chunks = new ArrayList<Chunk>();
        var names = new ArrayList<String>();
        var diff = new StringBuilder();
        for (var file : files) {
            for (var piece : pieces(file.patch(), most)) {
                if (!diff.isEmpty() && diff.length() + piece.length() > most) {
                    chunks.add(new Chunk(names, diff.toString()));
                    names.clear();
                    diff.setLength(0);
                }
                if (names.isEmpty() || !names.getLast().equals(file.file())) {
                    names.add(file.file());
                }
                diff.append(piece);
            }
        }
        if (!diff.isEmpty()) {
            chunks.add(new Chunk(names, diff.toString()));
        }
        return chunks;
    }

    private static List<String> pieces(String patch, int most) {
        if (patch.length() <= most) {
            return List.of(patch);
        }
        var parts = HUNK.split(patch, -1);
        var head = parts[0];
        var pieces = new ArrayList<String>();
        var piece = new StringBuilder(head);
        for (int i = 1; i < parts.length; i++) {
            if (piece.length() > head.length() && piece.length() + parts[i].length() > most) {
                pieces.add(piece.toString());
                piece.setLength(0);
                piece.append(head);
            }
            piece.append(parts[i]);
        }
        pieces.add(piece.toString());
        return pieces;
    }
}
