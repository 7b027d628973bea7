package io.lynkr.index;

/**
 * How the text before a dot is kept: a letter, and names with dots. {@code tFoo} is a value of type
 * Foo, {@code nfoo.bar()} the result of calling bar on whatever foo is in this file.
 */
final class Receivers {
    /** The object that the code belongs to. */
    static final String THIS = "s";

    /** The same, as its parents see it. */
    static final String SUPER = "p";

    /** Something that the workspace does not define, such as a text. */
    static final String FOREIGN = "x";

    static final String UNKNOWN = "?";

    /** No receiver, but the name of a member or argument of something unknown. */
    static final String KEY = "k";

    private static final int LONGEST = 120;

    private Receivers() {}

    static String member(String before, String name) {
        return before.equals(UNKNOWN) || before.equals(FOREIGN) || before.length() > LONGEST
                ? UNKNOWN
                : before + "." + name;
    }
}
