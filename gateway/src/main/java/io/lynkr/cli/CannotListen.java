package io.lynkr.cli;

import static java.util.Objects.requireNonNullElse;

import io.lynkr.app.Launch;

import java.net.BindException;
import java.util.Locale;

/** Says why the system refused to listen, and what to change. */
final class CannotListen {
    private CannotListen() {}

    static CommandFailedException because(BindException refused, Launch launch) {
        var reason = requireNonNullElse(refused.getMessage(), "").toLowerCase(Locale.ROOT);
        return new CommandFailedException(explain(reason, launch.host(), launch.port()));
    }

    private static String explain(String reason, String host, int port) {
        if (reason.contains("assign") || reason.contains("resolve")) {
            return "HOST '"
                    + host
                    + "' is not an address of this machine. Set HOST=127.0.0.1, or 0.0.0.0 for all"
                    + " of its addresses.";
        }
        if (reason.contains("denied") || reason.contains("permitted")) {
            return "PORT "
                    + port
                    + " needs more rights than this user has. Set PORT=8080, or another above"
                    + " 1023.";
        }
        return "PORT "
                + port
                + " is already in use on "
                + host
                + ". End the program that listens there, or set PORT="
                + (port + 1)
                + " or another free one.";
    }
}
