package io.lynkr.http;

import io.lynkr.agent.ReplySink;
import io.lynkr.message.ApiError;
import io.lynkr.message.Headers;
import io.lynkr.message.MessageFolder;
import io.lynkr.message.StreamEvent;

import java.util.Optional;

/** An answer that the client wants in one piece; events are folded into the same message. */
final class WholeSink implements ReplySink {
    private final Exchange exchange;
    private final MessageFolder folder = new MessageFolder();
    private Headers headers = Headers.NONE;

    WholeSink(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void begin(Headers withHeaders) {
        headers = withHeaders;
    }

    @Override
    public void event(StreamEvent event) {
        folder.add(event);
    }

    @Override
    public void flush() {}

    @Override
    public boolean isFull() {
        return false;
    }

    @Override
    public void whenWritable(Runnable action) {
        action.run();
    }

    @Override
    public void end() {
        whole(headers, folder.message().toBytes());
    }

    @Override
    public void whole(Headers withHeaders, byte[] message) {
        exchange.respondJson(200, withHeaders, message);
    }

    @Override
    public void fail(ApiError error, Headers withHeaders, Optional<byte[]> body) {
        Errors.respond(exchange, error, withHeaders, body);
    }
}
