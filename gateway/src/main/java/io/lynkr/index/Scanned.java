package io.lynkr.index;

import java.util.Optional;

/**
 * A file as it was read just now.
 *
 * @param hash of its bytes
 * @param trigrams see {@link Trigrams}
 * @param note why it was not read in full; empty if it was
 */
record Scanned(
        String path,
        Optional<Language> language,
        long bytes,
        long modified,
        byte[] hash,
        Origin origin,
        int lines,
        String note,
        byte[] trigrams,
        FileFacts facts) {}
