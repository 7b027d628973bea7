package io.lynkr.testing;

import io.lynkr.cli.Console;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A console that remembers what was said. */
public final class TestConsole implements Console {
    private final StringWriter said = new StringWriter();
    private final StringWriter complained = new StringWriter();
    private final PrintWriter out = new PrintWriter(said, true);
    private final PrintWriter err = new PrintWriter(complained, true);

    @Override
    public PrintWriter out() {
        return out;
    }

    @Override
    public PrintWriter err() {
        return err;
    }

    /** Everything on the standard output. */
    public String said() {
        out.flush();
        return said.toString();
    }

    /** Everything on the error output. */
    public String complained() {
        err.flush();
        return complained.toString();
    }
}
