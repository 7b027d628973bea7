package io.lynkr.testing;

import io.lynkr.app.Gateway;
import io.lynkr.config.Settings;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The real gateway on a free port, with a client for it. */
public final class TestGateway implements AutoCloseable {
    private final Gateway gateway;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private TestGateway(Map<String, String> environment) {
        try {
            gateway = Gateway.start(new Settings(environment));
        } catch (BindException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * Starts a gateway.
     *
     * @param settings name, value, name, value …
     */
    public static TestGateway with(String... settings) {
        // Troubles reach the client as they are, and nobody waits for the end, unless a test says
        // so.
        Map<String, String> environment =
                new HashMap<>(
                        Map.of(
                                "PORT", "0",
                                "API_RETRY_MAX_RETRIES", "0",
                                "PROMPT_CACHE_ENABLED", "false",
                                "SESSION_DB_PATH", ":memory:",
                                // Not whatever this machine's user has.
                                "MCP_MANIFEST_DIRS", "/nowhere",
                                "GRACEFUL_SHUTDOWN_TIMEOUT", "0"));
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        return new TestGateway(environment);
    }

    /** Starts a gateway that passes requests on to an upstream of the Messages API. */
    public static TestGateway inFrontOf(FakeUpstream upstream, String... settings) {
        var more = new String[settings.length + 6];
        System.arraycopy(settings, 0, more, 6, settings.length);
        more[0] = "MODEL_PROVIDER";
        more[1] = "anthropic";
        more[2] = "ANTHROPIC_UPSTREAM_URL";
        more[3] = upstream.url().toString();
        more[4] = "ANTHROPIC_UPSTREAM_API_KEY";
        more[5] = "sk-test-upstream";
        return with(more);
    }

    /** Ends the gateway as a signal would, without waiting. */
    public Thread endInBackground() {
        return Thread.ofVirtual().start(gateway::close);
    }

    public URI url() {
        return gateway.address();
    }

    public URI url(String pathAndQuery) {
        return URI.create(url() + pathAndQuery);
    }

    /** A request with one user message that asks the scripted model for something. */
    public static String asking(String prompt, boolean stream) {
        return "{\"model\":\"claude-x\",\"max_tokens\":100,\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted(stream, prompt);
    }

    /**
     * Posts JSON and waits for the whole answer.
     *
     * @param headers name, value, name, value …
     */
    public HttpResponse<String> post(String path, String body, String... headers) {
        return send(request(path, headers).POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    public HttpResponse<String> messages(String body, String... headers) {
        return post("/v1/messages", body, headers);
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET().build());
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    public HttpRequest.Builder request(String path, String... headers) {
        var request =
                HttpRequest.newBuilder(url(path))
                        .timeout(Duration.ofSeconds(30))
                        .header("content-type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request;
    }

    /** A connection of its own, for what no well-behaved client sends. */
    public Raw raw() {
        return new Raw();
    }

    /** Bytes out, bytes in. */
    public final class Raw implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;

        private Raw() {
            try {
                socket = new Socket(InetAddress.getLoopbackAddress(), url().getPort());
                socket.setSoTimeout(20_000);
                in = new BufferedInputStream(socket.getInputStream());
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        public Raw send(String text) {
            return send(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        public Raw send(byte[] bytes) {
            try {
                socket.getOutputStream().write(bytes);
                socket.getOutputStream().flush();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
            return this;
        }

        /** Sends a whole {@code POST /v1/messages}. */
        public Raw sendMessages(String body) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            send(
                    "POST /v1/messages HTTP/1.1\r\n"
                            + "Host: localhost\r\n"
                            + "Content-Type: application/json\r\n"
                            + "Content-Length: "
                            + bytes.length
                            + "\r\n\r\n");
            return send(bytes);
        }

        /** The next line; empty text for a blank one, {@code "(closed)"} at the end. */
        public String line() {
            var line = new ByteArrayOutputStream();
            try {
                for (int b = in.read(); b != '\n'; b = in.read()) {
                    if (b < 0) {
                        return "(closed)";
                    }
                    line.write(b);
                }
            } catch (IOException reset) {
                return "(closed)";
            }
            return line.toString(StandardCharsets.UTF_8).stripTrailing();
        }

        /** Reads one answer whose length is told: its status line, a blank, and its body. */
        public String answer() {
            var status = lineStartingWith("HTTP/1.");
            int length = 0;
            for (var header = line(); !header.isEmpty(); header = line()) {
                if (header.equals("(closed)")) {
                    return status;
                }
                if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                    length = Integer.parseInt(header.substring(15).strip());
                }
            }
            try {
                return status + " " + new String(in.readNBytes(length), StandardCharsets.UTF_8);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        /** Reads lines up to the first that starts with the given text, and returns it. */
        public String lineStartingWith(String start) {
            while (true) {
                var line = line();
                if (line.startsWith(start) || line.equals("(closed)")) {
                    return line;
                }
            }
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }

    @Override
    public void close() {
        client.close();
        gateway.close();
    }
}
