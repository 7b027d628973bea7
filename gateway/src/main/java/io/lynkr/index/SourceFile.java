package io.lynkr.index;

import io.lynkr.index.FileFacts.Import;

import java.util.List;
import java.util.Optional;

/**
 * A file of the index.
 *
 * @param path relative to the workspace
 * @param bytes its size
 * @param modified its time of change in milliseconds
 * @param unit the package it declares
 * @param note why it was not read in full; empty if it was
 */
record SourceFile(
        int id,
        String path,
        Optional<Language> language,
        long bytes,
        long modified,
        String unit,
        Origin origin,
        int lines,
        String note,
        List<Import> imports) {

    String folder() {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
