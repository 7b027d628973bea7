package io.lynkr.mcp.host;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonException;
import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** What both transports over HTTP do alike: sends with headers and tokens, reads what comes. */
final class Web implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int LARGEST = 8 << 20;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final HttpClient client;
    private final Map<String, String> headers;
    private final Authorization authorization;

    /**
     * @param headers that the user configured
     */
    Web(Map<String, String> headers, Authorization authorization) {
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER) // nor headers to strangers
                        .connectTimeout(CONNECT)
                        .build();
        this.headers = headers;
        this.authorization = authorization;
    }

    /**
     * Sends a request, signing in if the server wants it.
     *
     * @param more headers of this request
     */
    HttpResponse<InputStream> send(HttpRequest.Builder request, Map<String, String> more)
            throws IOException, InterruptedException {
        var response = once(request, more);
        for (int attempt = 0; attempt < 3 && wantsToken(response); attempt++) {
            var challenge = response.headers().firstValue("www-authenticate").orElse("");
            if (!authorization.renew(response.statusCode(), challenge)) {
                return response;
            }
            response.body().close();
            response = once(request, more);
        }
        return response;
    }

    private static boolean wantsToken(HttpResponse<?> response) {
        return response.statusCode() == UNAUTHORIZED
                || (response.statusCode() == FORBIDDEN
                        && response.headers()
                                .firstValue("www-authenticate")
                                .filter(text -> text.contains("insufficient_scope"))
                                .isPresent());
    }

    private HttpResponse<InputStream> once(HttpRequest.Builder request, Map<String, String> more)
            throws IOException, InterruptedException {
        headers.forEach(request::setHeader);
        more.forEach(request::setHeader);
        authorization
                .token()
                .ifPresent(token -> request.setHeader("authorization", "Bearer " + token));
        return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    static HttpRequest.Builder post(URI url, JsonObject message) {
        return HttpRequest.newBuilder(url)
                .header("content-type", "application/json")
                .header("accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(message.toBytes()));
    }

    static HttpRequest.Builder stream(URI url) {
        return HttpRequest.newBuilder(url).header("accept", "text/event-stream").GET();
    }

    static boolean isStream(HttpResponse<?> response) {
        return response.headers()
                .firstValue("content-type")
                .filter(type -> type.startsWith("text/event-stream"))
                .isPresent();
    }

    /** The whole body, within limits. */
    static byte[] body(HttpResponse<InputStream> response) throws IOException {
        try (var in = response.body()) {
            var bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IOException("it answered with more than %,d bytes".formatted(LARGEST));
            }
            return bytes;
        }
    }

    /** Hands over the message or messages in a text; whether there was one. */
    static boolean messages(byte[] text, Consumer<JsonObject> inbox) {
        try {
            return switch (JsonValue.parse(text)) {
                case JsonObject message when message.has("jsonrpc") -> {
                    inbox.accept(message);
                    yield true;
                }
                case JsonArray batch -> {
                    batch.objects().forEach(inbox);
                    yield !batch.isEmpty();
                }
                default -> false;
            };
        } catch (JsonException noMessage) {
            return false;
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
