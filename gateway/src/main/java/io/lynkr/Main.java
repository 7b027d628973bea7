package io.lynkr;

import java.util.Objects;

/** Starts Lynkr from the command line; the only place that ends the process. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        if (args.length == 1 && args[0].equals("--version")) {
            System.out.println("lynkr " + version());
            return;
        }
        System.err.println("usage: lynkr --version");
        System.exit(2);
    }

    private static String version() {
        return Objects.requireNonNullElse(
                Main.class.getPackage().getImplementationVersion(), "development");
    }
}
