package io.lynkr.cli;

import io.lynkr.app.Launch;

import java.io.PrintWriter;
import java.net.URI;

/** How a client finds the gateway. */
final class Connecting {
    /** What Claude Code presents where no token is asked for; it wants to have one. */
    static final String ANY_TOKEN = "lynkr";

    private Connecting() {}

    static void explain(PrintWriter out, URI address, Launch launch) {
        var token = launch.needsToken() ? "'<your token of ACCESS_TOKENS>'" : ANY_TOKEN;
        out.println();
        out.println("Connect Claude Code, in another terminal:");
        out.println("    export ANTHROPIC_BASE_URL=" + address);
        out.println("    export ANTHROPIC_AUTH_TOKEN=" + token);
        out.println("    claude");
        out.println("or in one step:");
        out.println("    lynkr claude" + (isUsualPort(address, launch) ? "" : " --url " + address));
        out.println();
        out.println("Ctrl-C ends the gateway.");
    }

    /** Whether {@code lynkr claude} will look there by itself. */
    private static boolean isUsualPort(URI address, Launch launch) {
        return address.getPort() == launch.port();
    }
}
