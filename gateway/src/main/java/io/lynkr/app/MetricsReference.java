package io.lynkr.app;

import io.lynkr.observability.Metrics;

import java.util.Locale;
import java.util.Map;

/** The metrics as a document. */
public final class MetricsReference {
    private MetricsReference() {}

    /** The page {@code docs/metrics.md}. */
    public static String markdown() {
        var metrics =
                new Metrics("")
                        .withDroppedLogLines(() -> 0)
                        .withBackendLoad(Map::of)
                        .withResponseCache(() -> 0, () -> 0);
        var page =
                new StringBuilder(
                        """
                        # Metrics

                        <!-- Written by ./dev docs from the declarations in the code; changes here are lost. -->

                        What `/metrics/prometheus` says, besides the usual `jvm_…` and `process_…` of the Java client
                        library. A histogram has the series `…_bucket`, `…_sum` and `…_count`. Models are labels only
                        once they have answered; whatever else clients name is `other`, so that nobody can fill your
                        monitoring. How to use them: [monitoring](monitoring.md).

                        | Metric | Kind | Labels | Meaning |
                        |---|---|---|---|
                        """);
        for (var declared : metrics.declarations()) {
            var labels = declared.labels().isEmpty() ? "–" : String.join(", ", declared.labels());
            page.append(
                    "| `%s` | %s | %s | %s |\n"
                            .formatted(
                                    declared.name(),
                                    declared.kind().name().toLowerCase(Locale.ROOT),
                                    labels,
                                    declared.help()));
        }
        return page.toString();
    }
}
