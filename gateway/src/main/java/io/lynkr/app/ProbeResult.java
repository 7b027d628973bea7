package io.lynkr.app;

/**
 * What came out of trying one thing.
 *
 * @param name what was tried, such as {@code streaming}
 * @param need how much Claude Code depends on it
 * @param detail what happened, in words
 */
public record ProbeResult(String name, Outcome outcome, Need need, String detail) {

    /** Whether it worked. */
    public enum Outcome {
        PASS,
        FAIL,
        /** Not tried, because it cannot be, or because something before it failed. */
        SKIPPED
    }

    /** Whether one can do without. */
    public enum Need {
        /** Claude Code does not work without it. */
        REQUIRED,
        /** Claude Code works, with less comfort. */
        OPTIONAL
    }

    /** Whether this alone makes the backend unfit for Claude Code. */
    public boolean isFatal() {
        return outcome == Outcome.FAIL && need == Need.REQUIRED;
    }
}
