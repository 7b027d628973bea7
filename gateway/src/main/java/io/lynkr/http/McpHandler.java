package io.lynkr.http;

import io.lynkr.json.JsonObject;
import io.lynkr.json.JsonValue;
import io.lynkr.mcp.McpHost;
import io.lynkr.mcp.McpReply;
import io.lynkr.mcp.McpServer;
import io.lynkr.mcp.McpSubscription;
import io.lynkr.mcp.McpTools;
import io.lynkr.message.Headers;
import io.lynkr.session.Session;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/**
 * {@code POST /mcp}: the gateway's tools for MCP clients. Calls are answered as a stream, so that
 * the connection shows life while a tool works.
 */
final class McpHandler implements Handler {
    private static final byte[] STILL_HERE = ": \n\n".getBytes(StandardCharsets.US_ASCII);

    private final McpServer server;
    private final Function<Session, McpTools> tools;
    private final Duration pingInterval;

    /**
     * @param tools as the owner of a session gets them
     */
    McpHandler(McpServer server, Function<Session, McpTools> tools, Duration pingInterval) {
        this.server = server;
        this.tools = tools;
        this.pingInterval = pingInterval;
    }

    @Override
    public void handle(Exchange exchange) throws InterruptedException {
        var headers = exchange.head().headers();
        var offered = tools.apply(Session.of(headers, JsonObject.EMPTY));
        boolean streams = headers.first("accept").orElse("").contains("text/event-stream");
        if (streams && McpServer.isSubscription(exchange.body())) {
            listen(exchange, headers, offered);
        } else if (streams && McpServer.isCall(exchange.body())) {
            stream(exchange, headers, offered);
        } else {
            respond(exchange, server.handle(exchange.body(), headers::first, offered, _ -> {}));
        }
    }

    private static void respond(Exchange exchange, McpReply reply) {
        exchange.respond(
                reply.status(),
                Headers.NONE,
                "application/json",
                reply.body().map(JsonValue::toBytes).orElse(new byte[0]));
    }

    private void listen(Exchange exchange, Headers headers, McpTools offered)
            throws InterruptedException {
        switch (server.subscribe(exchange.body(), headers::first)) {
            case McpServer.Listening.Refused(var reply) -> respond(exchange, reply);
            case McpServer.Listening.Granted(var subscription) ->
                    listen(exchange, subscription, offered);
        }
    }

    /** Until the client leaves, or the gateway ends. */
    private void listen(Exchange exchange, McpSubscription subscription, McpTools offered)
            throws InterruptedException {
        var events = new Events(exchange);
        var over = new CountDownLatch(1);
        events.send(subscription.acknowledged());
        var stop = exchange.every(pingInterval, _ -> events.write(STILL_HERE));
        var deaf = offered.onChange(new News(subscription, events, over));
        try {
            over.await();
            events.send(subscription.over());
            events.end();
        } finally {
            deaf.run();
            stop.run();
        }
    }

    private record News(McpSubscription subscription, Events events, CountDownLatch end)
            implements McpHost.Listener {
        @Override
        public void changed(String notification) {
            if (subscription.wanted().contains(notification)) {
                events.send(subscription.changed(notification));
            }
        }

        @Override
        public void over() {
            end.countDown();
        }
    }

    private void stream(Exchange exchange, Headers headers, McpTools offered)
            throws InterruptedException {
        var events = new Events(exchange);
        var stop = exchange.every(pingInterval, _ -> events.write(STILL_HERE));
        try {
            var reply = server.handle(exchange.body(), headers::first, offered, events::send);
            if (reply.status() == 200) {
                reply.body().ifPresent(events::send);
                events.end();
            } else {
                events.refuse(reply);
            }
        } finally {
            stop.run();
        }
    }

    /** The answer's events; it begins as a stream with the first of them. */
    private static final class Events {
        private final Exchange exchange;

        // Touched on the event loop only.
        private boolean begun;

        Events(Exchange exchange) {
            this.exchange = exchange;
        }

        void send(JsonValue message) {
            var event = "event: message\ndata: " + message + "\n\n";
            write(event.getBytes(StandardCharsets.UTF_8));
        }

        void write(byte[] bytes) {
            exchange.onLoop(
                    () -> {
                        begin();
                        exchange.write(bytes, 0, bytes.length);
                    });
        }

        void end() {
            exchange.onLoop(
                    () -> {
                        begin();
                        exchange.endStream();
                    });
        }

        /** A refusal has a status of its own, if nothing was sent yet. */
        void refuse(McpReply reply) {
            exchange.onLoop(
                    () -> {
                        if (begun) {
                            reply.body().ifPresent(this::send);
                            exchange.endStream();
                        } else {
                            respond(exchange, reply);
                        }
                    });
        }

        private void begin() {
            if (!begun) {
                begun = true;
                exchange.beginStream(Headers.of("x-accel-buffering", "no"));
            }
        }
    }
}
