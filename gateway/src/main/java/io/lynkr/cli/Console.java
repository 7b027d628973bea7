package io.lynkr.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where a command speaks to its user. */
public interface Console {

    /** Answers: what a script may read. */
    PrintWriter out();

    /** Trouble, and how to get out of it. */
    PrintWriter err();

    /** Whether a person reads the answers. */
    boolean isTerminal();

    /** What a log writes to: the same place as {@link #out()}, in bytes. */
    OutputStream stream();

    /** The console of this process. */
    static Console system() {
        var charset = charset(System.getProperty("os.name", ""));
        var out = writer(System.out, charset);
        var err = writer(System.err, charset);
        return new Console() {
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
                return Optional.ofNullable(System.console())
                        .filter(java.io.Console::isTerminal)
                        .isPresent();
            }

            @Override
            public OutputStream stream() {
                return System.out;
            }
        };
    }

    private static PrintWriter writer(PrintStream stream, Charset charset) {
        return new PrintWriter(stream, true, charset);
    }

    /**
     * UTF-8 wherever terminals speak it; Java itself falls back to ASCII where no locale is set, as
     * in containers.
     */
    private static Charset charset(String system) {
        return system.startsWith("Windows") ? System.out.charset() : StandardCharsets.UTF_8;
    }
}
