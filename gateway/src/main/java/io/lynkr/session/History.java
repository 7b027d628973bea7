package io.lynkr.session;

import java.util.Locale;

/** How a turn's history stands to what was kept of its talk before. */
public enum History {
    /** The talk begins. */
    BEGINS,
    /** It goes on where an earlier turn ended. */
    CONTINUES,
    /** It goes on from an earlier turn from which another one went on already: it was edited. */
    BRANCHES,
    /** It is that of an earlier turn, which was asked again. */
    REPEATS,
    /**
     * It goes on from nothing that is kept: it was compacted or edited from its beginning, or this
     * is a question aside.
     */
    REPLACES;

    /** As it is stored and shown. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The way back of {@link #word}. */
    public static History of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
