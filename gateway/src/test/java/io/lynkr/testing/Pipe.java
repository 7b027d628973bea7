package io.lynkr.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Joins connections: what one side says is said to the other, until both have ended. */
final class Pipe {
    private Pipe() {}

    static ServerSocket listen() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    /** Carries both ways; returns when both sides have ended. */
    static void join(Socket one, Socket other) throws InterruptedException {
        var back = Thread.startVirtualThread(() -> carry(other, one));
        carry(one, other);
        back.join();
    }

    private static void carry(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // Either side may go at any time; the other one is closed with it.
        }
    }
}
