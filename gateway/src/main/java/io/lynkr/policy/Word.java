package io.lynkr.policy;

/**
 * One word of a command line as the program would get it, as far as it can be known beforehand.
 *
 * @param text quotes and escapes resolved; {@link #GAP} stands for what is only known when it runs
 * @param certainty how much of it is known
 * @param bare whether it was written without any quote or escape, so that it can be a keyword
 */
record Word(String text, Certainty certainty, boolean bare) {
    /** Stands for the unknown part of a word. */
    static final char GAP = '\uFFFC';

    static final Word UNKNOWN = new Word(String.valueOf(GAP), Certainty.UNKNOWN, false);

    /** How much is known. */
    enum Certainty {
        /** The text is the word. */
        LITERAL,
        /** The text is a pattern, which may become names of files or several words. */
        PATTERN,
        /** The text has gaps, and it may become any number of words. */
        UNKNOWN
    }

    static Word literal(String text) {
        return new Word(text, Certainty.LITERAL, false);
    }

    boolean isLiteral() {
        return certainty == Certainty.LITERAL;
    }

    boolean isKeyword(String keyword) {
        return bare && isLiteral() && text.equals(keyword);
    }

    /** For people. */
    String shown() {
        return text.replace(GAP, '…');
    }
}
