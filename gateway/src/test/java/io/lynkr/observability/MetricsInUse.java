package io.lynkr.observability;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Metrics that have seen everything once. */
public final class MetricsInUse {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String PROVIDER = "databricks";
    private static final String MODEL = "databricks-claude-sonnet-4-5";

    private MetricsInUse() {}

    public static Metrics everyOneOnce() {
        var metrics =
                new Metrics("1.2.3")
                        .withProcessMetrics()
                        .withDroppedLogLines(() -> 7)
                        .withBackendLoad(() -> Map.of(PROVIDER, new Metrics.Load(3, 64, 0)))
                        .withResponseCache(() -> 2, () -> 4_000);
        metrics.expectModel(MODEL);
        metrics.requestStarted();
        metrics.streamStarted();
        metrics.upstreamCall(PROVIDER, MODEL, "reset", SECOND);
        metrics.retried(PROVIDER, MODEL, "reset");
        metrics.upstreamCall(PROVIDER, MODEL, "answered", SECOND);
        metrics.tokensUsed(PROVIDER, MODEL, new RequestFacts.Tokens(12, 0, 40_000, 350));
        metrics.cost(PROVIDER, MODEL, new BigDecimal("0.017286"));
        metrics.priceUnknown(PROVIDER, "my-own-model");
        metrics.turnFinished(
                Outcome.SERVED, PROVIDER, MODEL, true, SECOND, Optional.of(SECOND.dividedBy(2)));
        metrics.requestFinished("POST", "/v1/messages", 200, Outcome.SERVED, SECOND);
        metrics.requestFinished("POST", "/v1/messages", 503, Outcome.SHED, SECOND);
        metrics.shed("memory");
        metrics.breakerChanged(PROVIDER, MODEL, "OPEN");
        metrics.policyDecision("shell", "safe_commands", false);
        metrics.toolCall("shell", "failed", SECOND);
        metrics.transcriptTurns("kept", 3);
        metrics.editsMade(List.of("drop:context_management"));
        metrics.cacheLookup("hit");
        metrics.routeFell(PROVIDER, "http_529");
        return metrics;
    }
}
