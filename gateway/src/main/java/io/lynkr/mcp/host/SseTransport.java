package io.lynkr.mcp.host;

import io.lynkr.json.JsonObject;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The transport of 2024-11-05: one stream for all that the server says, and a place to post to. */
final class SseTransport implements Transport {
    private static final int PATIENCE_SECONDS = 10;

    private final URI url;
    private final Web web;
    private final CompletableFuture<URI> endpoint = new CompletableFuture<>();
    private volatile boolean closed;

    SseTransport(URI url, Web web) {
        this.url = url;
        this.web = web;
    }

    @Override
    public void open(Inbox inbox) throws IOException, InterruptedException {
        var response = web.send(Web.stream(url), Map.of());
        if (response.statusCode() != 200 || !Web.isStream(response)) {
            response.body().close();
            throw new IOException("it answered with HTTP " + response.statusCode());
        }
        Thread.ofVirtual().name("mcp-stream").start(() -> read(response, inbox));
        try {
            endpoint.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException silent) {
            throw new IOException("it does not say where to post to", silent);
        }
    }

    private void read(HttpResponse<InputStream> response, Inbox inbox) {
        var reason = "it closed its stream";
        try (var body = response.body()) {
            var events = new EventReader(body);
            for (var event = events.next(); event != null; event = events.next()) {
                if (event.name().equals("endpoint")) {
                    found(event.data());
                } else {
                    Web.messages(event.data().getBytes(StandardCharsets.UTF_8), inbox::received);
                }
            }
        } catch (IOException | IllegalArgumentException broken) {
            reason = String.valueOf(broken.getMessage());
        }
        endpoint.completeExceptionally(new IOException(reason));
        if (!closed) {
            inbox.closed(reason);
        }
    }

    /** Never another host: what is posted there carries the user's headers. */
    private void found(String path) throws IOException {
        var target = url.resolve(path.strip());
        if (!target.getScheme().equals(url.getScheme())
                || !target.getAuthority().equals(url.getAuthority())) {
            throw new IOException("it wants messages to be posted to another host");
        }
        endpoint.complete(target);
    }

    @Override
    public void send(JsonObject message, Map<String, String> headers)
            throws IOException, InterruptedException {
        var request =
                Web.post(endpoint.join(), message).timeout(Duration.ofSeconds(PATIENCE_SECONDS));
        var response = web.send(request, headers);
        response.body().close();
        if (response.statusCode() / 100 != 2) {
            throw new IOException("it answered with HTTP " + response.statusCode());
        }
    }

    @Override
    public void abandon(long id) {
        var gone =
                JsonObject.of("jsonrpc", "2.0")
                        .with("method", "notifications/cancelled")
                        .with("params", JsonObject.EMPTY.with("requestId", id));
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                send(gone, Map.of());
                            } catch (IOException unheard) {
                                // it will find out
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    @Override
    public void agreed(String version, boolean stateless) {
        // this transport knows no header for it
    }

    @Override
    public void close() {
        closed = true;
        web.close();
    }
}
