package io.lynkr.tool.git;

import java.util.OptionalInt;

/** Knows how much other code uses what a file declares; the code index, if there is one. */
@FunctionalInterface
public interface References {
    /** No index. */
    References UNKNOWN = _ -> OptionalInt.empty();

    /** In how many places elsewhere; empty if it is not known. */
    OptionalInt to(String file) throws InterruptedException;
}
