package io.lynkr.http;

import io.lynkr.observability.Metrics;

/** Counts what is refused at the door. */
public record SheddingMetrics(Metrics metrics) implements SheddingListener {

    @Override
    public void shed(String reason) {
        metrics.shed(reason);
    }
}
