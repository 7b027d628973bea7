package io.lynkr.index;

/** How sure it is that a use means a definition. */
public enum Certainty {
    /** Imports, scopes or the receiver's type say so. */
    RESOLVED,
    /** Nothing else is near that could be meant. */
    LIKELY,
    /** It has the name, and that is all. */
    NAME_ONLY
}
