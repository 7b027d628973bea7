package io.lynkr.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Where a command speaks to its user. */
public interface Console {

    /** Answers: what a script may read. */
    PrintWriter out();

    /** Trouble, and how to get out of it. */
    PrintWriter err();

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
