package io.lynkr.tool;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;
import io.lynkr.policy.Decision;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What tools did in a turn, and what policy said about it, for the transcript. Guarded by itself,
 * since calls run side by side.
 */
public final class ToolRuns implements ToolListener {
    private final Map<String, JsonObject> runs = new LinkedHashMap<>();

    /** In the order in which policy was asked. */
    public synchronized List<JsonObject> all() {
        return List.copyOf(runs.values());
    }

    @Override
    public synchronized void decided(ToolCall call, Decision decision) {
        var run = run(call);
        runs.put(
                call.id(),
                switch (decision) {
                    case Decision.Allow() -> run.with("decision", "allow");
                    case Decision.Deny(var rule, var reason) ->
                            run.with("decision", "deny").with("rule", rule).with("reason", reason);
                });
    }

    @Override
    public synchronized void called(ToolCall call, ToolResult result, Duration took) {
        runs.put(
                call.id(),
                run(call)
                        .with("result", result.word())
                        .with("content", JsonArray.copyOf(result.content()))
                        .with("durationMs", took.toMillis()));
    }

    private JsonObject run(ToolCall call) {
        var known = runs.get(call.id());
        return known != null
                ? known
                : JsonObject.of("id", call.id())
                        .with("name", call.name())
                        .with("input", call.input());
    }
}
