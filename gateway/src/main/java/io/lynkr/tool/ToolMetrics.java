package io.lynkr.tool;

import io.lynkr.observability.Metrics;
import io.lynkr.policy.Decision;

import java.time.Duration;
import java.util.Locale;

/** Counts what tools do, and what they may not do. */
public record ToolMetrics(Metrics metrics) implements ToolListener {

    @Override
    public void decided(ToolCall call, Decision decision) {
        switch (decision) {
            case Decision.Allow() -> metrics.policyDecision(call.name(), "", true);
            case Decision.Deny(var rule, _) -> metrics.policyDecision(call.name(), rule, false);
        }
    }

    @Override
    public void called(ToolCall call, ToolResult result, Duration took) {
        metrics.toolCall(call.name(), word(result), took);
    }

    private static String word(ToolResult result) {
        return switch (result) {
            case ToolResult.Done _ -> "done";
            case ToolResult.Unsuccessful _ -> "unsuccessful";
            case ToolResult.Failed(var kind, _) -> kind.name().toLowerCase(Locale.ROOT);
            case ToolResult.Denied _ -> "denied";
        };
    }
}
