package io.lynkr.testing;

import io.lynkr.cli.Console;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;

/** A console that remembers what was said. */
public final class TestConsole implements Console {
    private final StringWriter said = new StringWriter();
    private final StringWriter complained = new StringWriter();
    private final PrintWriter out = new PrintWriter(said, true);
    private final PrintWriter err = new PrintWriter(complained, true);
    private boolean terminal = true;

    @Override
    public PrintWriter out() {
        return out;
    }

    @Override
    public PrintWriter err() {
        return err;
    }

    @Override
    public boolean isTerminal() {
        return terminal;
    }

    /** The answers are read by a program. */
    public TestConsole piped() {
        terminal = false;
        return this;
    }

    /** Log lines are not remembered. */
    @Override
    public OutputStream stream() {
        return OutputStream.nullOutputStream();
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
