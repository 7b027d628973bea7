package io.lynkr.mcp.host;

import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;
import io.lynkr.mcp.McpCallException;
import io.lynkr.mcp.McpHost.Asking;
import io.lynkr.mcp.McpVersions;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One connected server: the protocol in both eras over whatever transport. Asks {@code
 * server/discover} first, and falls back to the handshake of older revisions on any other answer,
 * or none.
 */
final class Peer implements Transport.Inbox {
    private static final String META = "io.modelcontextprotocol/";
    private static final Duration PROBE = Duration.ofSeconds(3);
    private static final int MOST_PAGES = 200;
    private static final int MOST_ENTRIES = 10_000;
    private static final int METHOD_NOT_FOUND = -32601;
    private static final int WRONG_VERSION = -32022;

    /** Hears of what happens unasked, on any thread; must not block. */
    interface Listener {
        /** A list changed; the notification's name. */
        void changed(String notification);

        /** The server wrote to its log. */
        void logged(String line);

        void closed(String reason);
    }

    private final Transport transport;
    private final JsonObject identity;
    private final Listener listener;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Pending> waiting = new ConcurrentHashMap<>();

    private volatile Optional<String> closed = Optional.empty();
    private volatile boolean stateless;
    private volatile String version = "";
    private volatile JsonObject greeting = JsonObject.EMPTY;

    /**
     * @param identity of the gateway: {@code {name, version}}
     */
    Peer(Transport transport, JsonObject identity, Listener listener) {
        this.transport = transport;
        this.identity = identity;
        this.listener = listener;
    }

    private record Pending(CompletableFuture<JsonObject> answer, Consumer<JsonObject> notices) {}

    /**
     * Connects and finds out what the server speaks.
     *
     * @param probe whether to try the newest revision first
     * @throws McpCallException if it is no MCP server, or does not answer in time
     */
    void connect(boolean probe, Duration patience)
            throws McpCallException, IOException, InterruptedException {
        transport.open(this);
        if (probe && speaksNewest(patience.compareTo(PROBE) < 0 ? patience : PROBE)) {
            checkIsNotUs();
            listen();
            return;
        }
        stateless = false;
        greet(patience);
        checkIsNotUs();
    }

    private boolean speaksNewest(Duration patience) throws McpCallException, InterruptedException {
        stateless = true;
        transport.agreed(McpVersions.STATELESS, true);
        try {
            var found = discovered(patience);
            var versions = found.array("supportedVersions");
            if (versions.filter(all -> all.strings().contains(McpVersions.STATELESS)).isPresent()) {
                version = McpVersions.STATELESS;
                greeting = found;
                return true;
            }
        } catch (McpCallException olderOrSilent) {
            if (closed.isPresent()) {
                throw olderOrSilent;
            }
        }
        return false;
    }

    /** A server that refuses the version and names that very one is asked once more. */
    private JsonObject discovered(Duration patience) throws McpCallException, InterruptedException {
        try {
            return ask("server/discover", JsonObject.EMPTY, patience);
        } catch (McpCallException refused) {
            var supported =
                    refused.error()
                            .filter(error -> error.integer("code").orElse(0) == WRONG_VERSION)
                            .flatMap(error -> error.object("data"))
                            .flatMap(data -> data.array("supported"));
            if (supported.filter(all -> all.strings().contains(McpVersions.STATELESS)).isEmpty()) {
                throw refused;
            }
            return ask("server/discover", JsonObject.EMPTY, patience);
        }
    }

    private void greet(Duration patience)
            throws McpCallException, IOException, InterruptedException {
        var wanted = McpVersions.WITH_HANDSHAKE.getFirst();
        transport.agreed(wanted, false);
        var params =
                JsonObject.of("protocolVersion", wanted)
                        .with("capabilities", JsonObject.EMPTY)
                        .with("clientInfo", identity);
        greeting = ask("initialize", params, patience);
        version = greeting.string("protocolVersion").orElse("");
        if (!McpVersions.WITH_HANDSHAKE.contains(version)) {
            throw new McpCallException(
                    "it speaks the protocol version '" + version + "', which is not known here");
        }
        transport.agreed(version, false);
        notify("notifications/initialized", JsonObject.EMPTY);
    }

    private void checkIsNotUs() throws McpCallException {
        var name = serverInfo().string("name").orElse("");
        if (name.equals(identity.string("name").orElse("")) && !name.isEmpty()) {
            throw new McpCallException(
                    "it is a Lynkr gateway itself, and would ask itself for ever");
        }
    }

    private JsonObject serverInfo() {
        return greeting.object("serverInfo")
                .or(() -> greeting.object("_meta").flatMap(m -> m.object(META + "serverInfo")))
                .orElse(JsonObject.EMPTY);
    }

    /** Asks for news of lists for as long as the connection lasts. */
    private void listen() throws InterruptedException {
        var filter = JsonObject.EMPTY;
        for (var kind : List.of("tools", "prompts", "resources")) {
            if (capability(kind).filter(c -> c.isTrue("listChanged")).isPresent()) {
                filter = filter.with(kind + "ListChanged", true);
            }
        }
        if (filter.isEmpty()) {
            return;
        }
        long id = ids.incrementAndGet();
        var params = JsonObject.of("notifications", filter);
        try {
            transport.send(request(id, "subscriptions/listen", params, JsonObject.EMPTY), Map.of());
        } catch (IOException noNews) {
            listener.logged("-- its news cannot be subscribed to: " + noNews.getMessage());
        }
    }

    /** What the server can do of one kind, such as {@code tools}; empty if nothing. */
    Optional<JsonObject> capability(String kind) {
        return greeting.object("capabilities").flatMap(all -> all.object(kind));
    }

    /** The revision that is spoken. */
    String version() {
        return version;
    }

    boolean isStateless() {
        return stateless;
    }

    boolean isClosed() {
        return closed.isPresent();
    }

    boolean isBusy() {
        return !waiting.isEmpty();
    }

    private JsonObject ask(String method, JsonObject params, Duration patience)
            throws McpCallException, InterruptedException {
        return ask(method, params, new Asking(JsonObject.EMPTY, patience, _ -> {}), Map.of());
    }

    /**
     * Sends a request and waits for its result.
     *
     * @param headers further ones, where there are headers
     */
    JsonObject ask(String method, JsonObject params, Asking asking, Map<String, String> headers)
            throws McpCallException, InterruptedException {
        long id = ids.incrementAndGet();
        var answer = new CompletableFuture<JsonObject>();
        waiting.put(id, new Pending(answer, asking.notices()));
        try {
            if (closed.isPresent()) {
                throw new McpCallException(closed.get());
            }
            transport.send(request(id, method, params, asking.capabilities()), headers);
            return answer.get(asking.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof McpCallException known
                    ? known
                    : new McpCallException(String.valueOf(failed.getMessage()));
        } catch (TimeoutException silent) {
            transport.abandon(id);
            throw new McpCallException(
                    "it did not answer within " + asking.patience().toMillis() + " ms");
        } catch (InterruptedException left) {
            transport.abandon(id);
            throw left;
        } catch (IOException broken) {
            throw new McpCallException(String.valueOf(broken.getMessage()));
        } finally {
            waiting.remove(id);
        }
    }

    private JsonObject request(long id, String method, JsonObject params, JsonObject capabilities) {
        var meta = params.object("_meta").orElse(JsonObject.EMPTY);
        if (!method.equals("initialize") && !method.equals("server/discover")) {
            meta = meta.with("progressToken", id);
        }
        if (stateless) {
            meta =
                    meta.with(META + "protocolVersion", McpVersions.STATELESS)
                            .with(META + "clientCapabilities", capabilities)
                            .with(META + "clientInfo", identity);
        }
        var all = meta.isEmpty() ? params : params.with("_meta", meta);
        return JsonObject.of("jsonrpc", "2.0")
                .with("id", id)
                .with("method", method)
                .with("params", all);
    }

    private void notify(String method, JsonObject params) throws IOException, InterruptedException {
        var message = JsonObject.of("jsonrpc", "2.0").with("method", method);
        transport.send(params.isEmpty() ? message : message.with("params", params), Map.of());
    }

    /** All pages of a list. */
    List<JsonObject> list(String method, String member, Duration patience)
            throws McpCallException, InterruptedException {
        var all = new ArrayList<JsonObject>();
        Optional<JsonValue> cursor = Optional.empty();
        for (int page = 0; page < MOST_PAGES && all.size() < MOST_ENTRIES; page++) {
            var result = ask(method, JsonObject.EMPTY.withOptional("cursor", cursor), patience);
            all.addAll(result.objects(member));
            var next = result.get("nextCursor").filter(value -> !value.isNull());
            if (next.isEmpty() || next.equals(cursor)) {
                return all;
            }
            cursor = next;
        }
        throw new McpCallException("its list has no end");
    }

    @Override
    public void received(JsonObject message) {
        if (message.has("method")) {
            if (message.get("id").filter(id -> !id.isNull()).isPresent()) {
                answer(message);
            } else {
                noticed(message);
            }
            return;
        }
        var pending = waiting.get(message.integer("id").orElse(-1));
        if (pending == null) {
            return; // too late, or never asked
        }
        message.object("error")
                .ifPresentOrElse(
                        error ->
                                pending.answer().completeExceptionally(new McpCallException(error)),
                        () -> complete(pending, message));
    }

    private static void complete(Pending pending, JsonObject message) {
        message.object("result")
                .ifPresentOrElse(
                        pending.answer()::complete,
                        () ->
                                pending.answer()
                                        .completeExceptionally(
                                                new McpCallException("its answer has no result")));
    }

    private void noticed(JsonObject message) {
        var method = message.string("method").orElse("");
        var params = message.object("params").orElse(JsonObject.EMPTY);
        switch (method) {
            case "notifications/progress" -> {
                var pending = waiting.get(params.integer("progressToken").orElse(-1));
                if (pending != null) {
                    pending.notices().accept(message);
                }
            }
            case "notifications/message" ->
                    listener.logged(String.valueOf(params.get("data").orElse(params)));
            default -> {
                if (method.endsWith("/list_changed")) {
                    listener.changed(method);
                }
            }
        }
    }

    /** Servers of older revisions ask, too; but for a sign of life, there is nothing for them. */
    private void answer(JsonObject request) {
        var method = request.string("method").orElse("");
        var reply = JsonObject.of("jsonrpc", "2.0").withOptional("id", request.get("id"));
        var full =
                method.equals("ping")
                        ? reply.with("result", JsonObject.EMPTY)
                        : reply.with(
                                "error",
                                JsonObject.EMPTY
                                        .with("code", METHOD_NOT_FOUND)
                                        .with("message", method + " is not offered here"));
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                transport.send(full, Map.of());
                            } catch (IOException gone) {
                                // it does not wait any more
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    @Override
    public void failed(long id, String reason) {
        var pending = waiting.get(id);
        if (pending != null) {
            pending.answer().completeExceptionally(new McpCallException(reason));
        }
    }

    @Override
    public void closed(String reason) {
        closed = Optional.of(reason);
        waiting.values()
                .forEach(
                        pending ->
                                pending.answer()
                                        .completeExceptionally(new McpCallException(reason)));
        listener.closed(reason);
    }

    void close() {
        transport.close();
    }
}
