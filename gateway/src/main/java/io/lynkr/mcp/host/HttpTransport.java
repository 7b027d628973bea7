package io.lynkr.mcp.host;

import io.lynkr.json.JsonObject;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Streamable HTTP, of both eras: each message is a POST of its own, answered by JSON or by a
 * stream. With sessions, a stream that breaks is taken up where it broke, and what the server says
 * unasked comes on a stream of its own; without them neither is needed.
 */
final class HttpTransport implements Transport {
    private static final int NOT_FOUND = 404;
    private static final long FIRST_PAUSE_MILLIS = 1_000;
    private static final int MOST_RESUMPTIONS = 5;
    private static final Duration QUICK = Duration.ofSeconds(10);
    private static final String SESSION = "mcp-session-id";

    private final URI url;
    private final Web web;
    private final Map<Long, Thread> underWay = new ConcurrentHashMap<>();

    private volatile Inbox inbox = NOBODY;
    private volatile Optional<String> session = Optional.empty();
    private volatile Optional<String> version = Optional.empty();
    private volatile boolean stateless;
    private volatile boolean closed;

    private static final Inbox NOBODY =
            new Inbox() {
                @Override
                public void received(JsonObject message) {}

                @Override
                public void failed(long id, String reason) {}

                @Override
                public void closed(String reason) {}
            };

    HttpTransport(URI url, Web web) {
        this.url = url;
        this.web = web;
    }

    @Override
    public void open(Inbox newInbox) {
        inbox = newInbox;
    }

    @Override
    public void agreed(String newVersion, boolean isStateless) {
        version = Optional.of(newVersion);
        stateless = isStateless;
    }

    @Override
    public void send(JsonObject message, Map<String, String> headers)
            throws IOException, InterruptedException {
        var all = headers(message, headers);
        var id = message.has("method") ? message.integer("id") : OptionalLong.empty();
        if (id.isEmpty()) {
            // In order: what follows may depend on it.
            var response = web.send(Web.post(url, message).timeout(QUICK), all);
            response.body().close();
            if (message.string("method").orElse("").equals("notifications/initialized")) {
                listen();
            }
            return;
        }
        var thread = Thread.ofVirtual().name("mcp-request").unstarted(() -> ask(message, all));
        underWay.put(id.getAsLong(), thread);
        thread.start();
    }

    private Map<String, String> headers(JsonObject message, Map<String, String> more) {
        var all = new LinkedHashMap<>(more);
        session.ifPresent(id -> all.put(SESSION, id));
        version.ifPresent(agreed -> all.put("mcp-protocol-version", agreed));
        if (stateless) {
            var method = message.string("method").orElse("");
            var params = message.object("params").orElse(JsonObject.EMPTY);
            all.put("mcp-method", method);
            switch (method) {
                case "tools/call", "prompts/get" ->
                        params.string("name").ifPresent(name -> all.put("mcp-name", safe(name)));
                case "resources/read" ->
                        params.string("uri").ifPresent(uri -> all.put("mcp-name", safe(uri)));
                default -> {}
            }
        }
        return all;
    }

    /** What a header cannot hold is written in Base64. */
    static String safe(String value) {
        boolean plain =
                value.chars().allMatch(c -> c >= 0x20 && c < 0x7f)
                        && value.equals(value.strip())
                        && !value.startsWith("=?base64?");
        return plain
                ? value
                : "=?base64?"
                        + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))
                        + "?=";
    }

    private void ask(JsonObject message, Map<String, String> headers) {
        long id = message.integer("id").orElseThrow();
        try {
            var response = web.send(Web.post(url, message), headers);
            response.headers().firstValue(SESSION).ifPresent(given -> session = Optional.of(given));
            if (response.statusCode() == NOT_FOUND && headers.containsKey(SESSION)) {
                response.body().close();
                inbox.closed("it has forgotten the session");
            } else if (response.statusCode() / 100 == 2 && Web.isStream(response)) {
                new Stream(id, headers).follow(response);
            } else {
                answered(id, response);
            }
        } catch (IOException broken) {
            if (!closed) {
                inbox.failed(id, reason(broken));
            }
        } catch (InterruptedException abandoned) {
            Thread.currentThread().interrupt();
        } finally {
            underWay.remove(id);
        }
    }

    private void answered(long id, HttpResponse<InputStream> response) throws IOException {
        var body = Web.body(response);
        boolean told = Web.messages(body, message -> inbox.received(addressed(message, id)));
        if (!told) {
            inbox.failed(id, "it answered with HTTP " + response.statusCode());
        }
    }

    /** An error before the message was understood has no id. */
    private static JsonObject addressed(JsonObject message, long id) {
        return message.has("error") && message.integer("id").isEmpty()
                ? message.with("id", id)
                : message;
    }

    private static String reason(IOException broken) {
        return broken.getMessage() == null
                ? "the connection failed (" + broken.getClass().getSimpleName() + ")"
                : broken.getMessage();
    }

    /** Opens the stream for what the server says unasked; that there is none is fine. */
    private void listen() {
        Thread.ofVirtual()
                .name("mcp-stream")
                .start(
                        () -> {
                            try {
                                new Stream(-1, headers(JsonObject.EMPTY, Map.of())).listen();
                            } catch (IOException none) {
                                // requests go on without it
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    /** The events that answer one request, over as many connections as it takes. */
    private final class Stream {
        private final long id;
        private final Map<String, String> headers;
        private String lastEvent = "";
        private long pause = FIRST_PAUSE_MILLIS;
        private boolean answered;

        /**
         * @param id of the request; -1 if nothing in particular is waited for
         */
        Stream(long id, Map<String, String> headers) {
            this.id = id;
            this.headers = headers;
        }

        void follow(HttpResponse<InputStream> first) throws IOException, InterruptedException {
            read(first);
            for (int resumed = 0; canGoOn(resumed); resumed++) {
                Thread.sleep(Duration.ofMillis(pause));
                var response = open();
                if (response.statusCode() != 200 || !Web.isStream(response)) {
                    response.body().close();
                    break;
                }
                read(response);
            }
            if (!answered && !closed) {
                inbox.failed(id, "its answer broke off");
            }
        }

        private boolean canGoOn(int resumed) {
            return !answered && !closed && !lastEvent.isEmpty() && resumed < MOST_RESUMPTIONS;
        }

        void listen() throws IOException, InterruptedException {
            while (!closed) {
                var response = open();
                if (response.statusCode() != 200 || !Web.isStream(response)) {
                    response.body().close();
                    return;
                }
                read(response);
                Thread.sleep(Duration.ofMillis(pause));
            }
        }

        private HttpResponse<InputStream> open() throws IOException, InterruptedException {
            HttpRequest.Builder request = Web.stream(url);
            if (!lastEvent.isEmpty()) {
                request.header("last-event-id", lastEvent);
            }
            return web.send(request, headers);
        }

        private void read(HttpResponse<InputStream> response) throws IOException {
            try (var body = response.body()) {
                var events = new EventReader(body);
                for (var event = events.next(); event != null; event = events.next()) {
                    take(event);
                    if (answered) {
                        return;
                    }
                }
            } catch (IOException broken) {
                if (lastEvent.isEmpty() && id >= 0) {
                    throw broken;
                }
            }
        }

        private void take(EventReader.Event event) {
            if (!event.id().isEmpty()) {
                lastEvent = event.id();
            }
            pause = event.retryMillis().orElse(pause);
            Web.messages(
                    event.data().getBytes(StandardCharsets.UTF_8),
                    message -> {
                        inbox.received(message);
                        boolean isAnswer = message.has("result") || message.has("error");
                        answered |= id >= 0 && isAnswer && message.integer("id").orElse(-1) == id;
                    });
        }
    }

    @Override
    public void abandon(long id) {
        var thread = underWay.remove(id);
        if (thread != null) {
            thread.interrupt(); // which closes the connection: in the newest revision that is all
        }
        if (!stateless && !closed) {
            Thread.ofVirtual().start(() -> tellAbandoned(id));
        }
    }

    private void tellAbandoned(long id) {
        try {
            var gone =
                    JsonObject.of("jsonrpc", "2.0")
                            .with("method", "notifications/cancelled")
                            .with("params", JsonObject.EMPTY.with("requestId", id));
            send(gone, Map.of());
        } catch (IOException unheard) {
            // it will find out
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        session.ifPresent(_ -> Thread.ofVirtual().start(this::endSession));
        if (session.isEmpty()) {
            web.close();
        }
    }

    private void endSession() {
        try {
            var request = HttpRequest.newBuilder(url).timeout(QUICK).DELETE();
            web.send(request, headers(JsonObject.EMPTY, Map.of())).body().close();
        } catch (IOException forgotten) {
            // as good as ended
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            web.close();
        }
    }
}
