package io.lynkr.mcp;

import io.lynkr.json.JsonObject;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Lines about what goes on, as numbered notifications. */
record ProgressLines(Consumer<JsonObject> notices, AtomicLong told) implements Consumer<String> {
    ProgressLines(Consumer<JsonObject> notices) {
        this(notices, new AtomicLong());
    }

    @Override
    public void accept(String line) {
        notices.accept(
                JsonObject.of("jsonrpc", "2.0")
                        .with("method", "notifications/progress")
                        .with(
                                "params",
                                JsonObject.EMPTY
                                        .with("progress", told.incrementAndGet())
                                        .with("message", line)));
    }
}
