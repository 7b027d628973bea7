package io.lynkr.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy that opens tunnels, and sends whatever host is asked for to one server. */
public final class FakeProxy implements AutoCloseable {
    private final ServerSocket server = Pipe.listen();
    private final int target;
    private final List<String> heads = new CopyOnWriteArrayList<>();

    /**
     * @param target the port of this machine where tunnels end
     */
    public FakeProxy(int target) {
        this.target = target;
        Thread.startVirtualThread(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The heads of all requests so far. */
    public List<String> heads() {
        return heads;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                Thread.startVirtualThread(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            var in = new BufferedInputStream(client.getInputStream(), 1);
            var head = head(in);
            heads.add(head);
            try (var upstream = new Socket(server.getInetAddress(), target)) {
                if (head.startsWith("CONNECT ")) {
                    client.getOutputStream()
                            .write(
                                    "HTTP/1.1 200 Connected\r\n\r\n"
                                            .getBytes(StandardCharsets.US_ASCII));
                } else {
                    upstream.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                }
                Pipe.join(client, upstream);
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        int next = in.read();
        while (next >= 0) {
            head.append((char) next);
            if (head.length() > 3 && head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
                return head.toString();
            }
            next = in.read();
        }
        return head.toString();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
