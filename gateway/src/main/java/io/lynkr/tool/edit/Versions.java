package io.lynkr.tool.edit;

import java.util.Optional;

/**
 * A file's whole content around an edit.
 *
 * @param before empty if there was no file
 * @param after empty if there is none any more
 */
public record Versions(Optional<byte[]> before, Optional<byte[]> after) {

    /** Of both together, in bytes. */
    public long size() {
        return before.map(bytes -> bytes.length).orElse(0)
                + (long) after.map(bytes -> bytes.length).orElse(0);
    }
}
