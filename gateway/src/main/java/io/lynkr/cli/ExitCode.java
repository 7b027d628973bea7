package io.lynkr.cli;

/** What a command tells the shell. */
public final class ExitCode {
    public static final int OK = 0;

    /** Something outside did not work: a taken port, a backend that does not answer. */
    public static final int FAILURE = 1;

    /** The arguments or the configuration must be changed first. */
    public static final int USAGE = 2;

    private ExitCode() {}
}
